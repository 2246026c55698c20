package dev.driftless.cli.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.driftless.cli.file.Problem;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionsFileTest {
    private static final String GOOD = """
            subscriptions:
              - customer: acme
                terms:
                  - from: 2026-01-31T00:00:00Z
                    interval: MONTH
                    anchor: 2026-01-31T00:00
                    timeZone: Europe/Berlin
            """;

    @Test
    void shouldReadTheTermsOfEachCustomerInAscendingOrder() throws JsonProcessingException {
        final SubscriptionsFile file = SubscriptionsFile.parse("""
                subscriptions:
                  - customer: acme
                    terms:
                      - from: 2027-01-01T00:00:00+01:00
                        interval: YEAR
                        anchor: 2027-01-01T00:00:00
                        timeZone: Europe/Berlin
                      - from: 2026-01-31
                        interval: MONTH
                        anchor: 2026-01-31
                        timeZone: Europe/Berlin
                  - customer: "0042"
                    terms:
                      - {from: 2026-01-01, interval: WEEK, anchor: 2026-01-05T06:30:00.250, timeZone: Asia/Kathmandu}
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.customers())
                .containsExactly(
                        new CustomerTerms(
                                "acme",
                                new SubscriptionTerms(List.of(
                                        term("2026-01-31T00:00:00Z", "MONTH", "2026-01-31T00:00", "Europe/Berlin"),
                                        term("2026-12-31T23:00:00Z", "YEAR", "2027-01-01T00:00", "Europe/Berlin")))),
                        new CustomerTerms(
                                "0042",
                                new SubscriptionTerms(List.of(term(
                                        "2026-01-01T00:00:00Z",
                                        "WEEK",
                                        "2026-01-05T06:30:00.250",
                                        "Asia/Kathmandu")))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "customer: acme | customer: '' | customer 1: customer '' must be 1 to 200 characters",
                "customer: acme | customer: ' ' | customer 1: customer ' ' must not be blank",
                "customer: acme | customer: 42 | customer 1: customer '42' must be a text; put it into quotes",
                "customer: acme | customer: \"a\\tb\" | customer 'a\\u0009b' must have no control characters",
                "customer: acme | kustomer: acme | customer 1: customer is missing",
                "customer: acme | kustomer: acme | kustomer is not a field: known are [customer, terms]",
                "from: 2026-01-31T00:00:00Z | from: 2026-01-31T00:00:00 | acme: terms[1].from '2026-01-31T00:00:00' must",
                "from: 2026-01-31T00:00:00Z | from: 1969-12-31 | acme: terms[1].from '1969-12-31' must be a time",
                "from: 2026-01-31T00:00:00Z | until: 2026-01-31 | acme: terms[1].until is not a field: known are",
                "from: 2026-01-31T00:00:00Z | until: 2026-01-31 | acme: terms[1].from is missing: it must be a time",
                "interval: MONTH | interval: month | acme: terms[1] interval 'month' must be one of [DAY, WEEK, MONTH",
                "interval: MONTH | interval: [MONTH] | acme: terms[1] interval '[\"MONTH\"]' must be one of",
                "interval: MONTH | interval: | acme: terms[1] interval '' must be one of",
                "interval: MONTH | interval: null | acme: terms[1].interval is missing",
                "anchor: 2026-01-31T00:00 | anchor: 2026-01-31T00:00Z | acme: terms[1] anchor '2026-01-31T00:00Z' must be",
                "anchor: 2026-01-31T00:00 | anchor: 2026-02-30 | acme: terms[1] anchor '2026-02-30' must be a local date",
                "anchor: 2026-01-31T00:00 | anchor: 31 | acme: terms[1] anchor '31' must be a local date and time",
                "anchor: 2026-01-31T00:00 | anchor: 1950-01-01 | acme: terms[1] anchor 1950-01-01T00:00 must lie in",
                "anchor: 2026-01-31T00:00 | anchor: 2026-01-31T00:00:00.0001 | must be a whole number of milliseconds",
                "timeZone: Europe/Berlin | timeZone: Europe/Bonn | acme: terms[1] timeZone 'Europe/Bonn' must be a region",
                "timeZone: Europe/Berlin | timeZone: +01:00 | acme: terms[1] timeZone '+01:00' must be a region of",
                "timeZone: Europe/Berlin | timezone: Europe/Berlin | acme: terms[1].timeZone is missing"
            })
    void shouldNameTheCustomerTheFieldTheValueAndWhatIsAllowed(
            final String good, final String bad, final String message) throws JsonProcessingException {
        final SubscriptionsFile file = SubscriptionsFile.parse(GOOD.replace(good, bad));

        assertThat(file.problems()).extracting(Problem::toString).anyMatch(problem -> problem.contains(message));
    }

    @Test
    void shouldTellAllProblemsOfAFileAtOnce() throws JsonProcessingException {
        final SubscriptionsFile file = SubscriptionsFile.parse("""
                subscriptions:
                  - customer: acme
                    terms:
                      - {from: 2026-01-01, interval: MONTH, anchor: 2026-01-01, timeZone: UTC}
                      - {from: 2026-01-01T01:00:00+01:00, interval: DAY, anchor: 2026-01-01, timeZone: UTC}
                      - {from: never, interval: EVER, anchor: there, timeZone: Mars}
                  - customer: zeta
                    terms: []
                  - customer: acme
                    terms: [soon]
                  - acme
                colours: []
                """);

        assertThat(file.problems())
                .extracting(problem -> problem.subject() + "." + problem.field())
                .containsExactlyInAnyOrder(
                        "file.colours",
                        "acme.terms",
                        "acme.terms[3].from",
                        "acme.terms[3]",
                        "acme.terms[3]",
                        "acme.terms[3]",
                        "zeta.terms",
                        "acme.terms[1]",
                        "acme.customer",
                        "customer 4.entry");
    }

    @ParameterizedTest
    @CsvSource({"''", "subscriptions:", "subscriptions: []", "subscriptions: many", "'[1, 2]'"})
    void shouldRefuseAFileWithoutSubscriptions(final String yaml) throws JsonProcessingException {
        assertThat(SubscriptionsFile.parse(yaml).problems())
                .contains(new Problem("file", "subscriptions", "must be a list of at least one customer"));
    }

    private static Term term(final String from, final String interval, final String anchor, final String timeZone) {
        return new Term(Instant.parse(from), PeriodRule.parse(interval, anchor, timeZone));
    }
}
