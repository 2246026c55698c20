package dev.driftless.cli.subscriptions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.driftless.schemas.Subscription;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubscriptionsTableTest {
    private static final String FILE = """
            subscriptions:
              - customer: acme
                terms:
                  - {from: 2026-01-31, interval: MONTH, anchor: 2026-01-31, timeZone: Europe/Berlin}
                  - {from: 2027-01-15, interval: DAY, anchor: 2027-01-15, timeZone: UTC}
            """;

    @ParameterizedTest
    @CsvSource({
        "2026-01-10T00:00:00Z, until, 2026-01-01T00:00:00Z to 2026-01-31T00:00:00Z",
        "2026-01-31T00:00:00Z, MONTH, 2026-01-31T00:00:00Z to 2026-02-27T23:00:00Z",
        "2026-04-01T00:00:00Z, MONTH, 2026-03-30T22:00:00Z to 2026-04-29T22:00:00Z",
        "2027-01-14T23:59:59Z, MONTH, 2026-12-30T23:00:00Z to 2027-01-15T00:00:00Z",
        "2027-01-15T00:00:00Z, DAY, 2027-01-15T00:00:00Z to 2027-01-16T00:00:00Z"
    })
    void shouldShowThePeriodOfTheTimeAtTheTermThatCutsIt(final Instant now, final String term, final String period)
            throws JsonProcessingException {
        final List<Subscription> rows = SubscriptionsFile.parse(FILE).customers().stream()
                .map(customer -> customer.subscription(3))
                .toList();

        assertThat(SubscriptionsTable.of(rows, now).lines())
                .filteredOn(line -> line.endsWith(period))
                .singleElement()
                .asString()
                .contains("acme", "3", term);
        assertThat(SubscriptionsTable.of(rows, now).lines())
                .anyMatch(line -> line.contains("2026-01-31T00:00:00Z to 2027-01-15T00:00:00Z  MONTH"))
                .anyMatch(line -> line.contains("from 2027-01-15T00:00:00Z"));
    }
}
