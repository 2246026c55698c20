package dev.driftless.cli.recount;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.recount.FeatureTable.Definition;
import dev.driftless.cli.recount.Finding.Kind;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ExplanationTest {
    private static final AggregateName NOVEMBER = new AggregateName("acme", "api_calls", 1_000);
    private static final AggregateName DECEMBER = new AggregateName("acme", "api_calls", 2_000);
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);

    private final Hashes hashes = new Hashes();
    private final List<JudgedEvent> events = new ArrayList<>();

    @Test
    void shouldNameAnEventThatIsCountedTwice() {
        assertThat(explained(difference(NOVEMBER, List.of("k1", "k2"), List.of("k1", "k2", "k2"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.EVENT_COUNTED_TWICE);
                    assertThat(finding.events()).singleElement().satisfies(event -> assertThat(event.key())
                            .isEqualTo("k2"));
                });
    }

    @Test
    void shouldNameAnEventThatIsMissing() {
        assertThat(explained(difference(NOVEMBER, List.of("k1", "k2"), List.of("k1"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.EVENT_MISSING);
                    assertThat(finding.text()).contains("'k2'");
                });
    }

    @Test
    void shouldNameBothEventsOfASwapThoughTheTotalsAgree() {
        events.add(event("k9", "UNKNOWN_FEATURE", Optional.empty()));

        assertThat(explained(difference(NOVEMBER, List.of("k1", "k2"), List.of("k1", "k9"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.KEY_SWAPPED);
                    assertThat(finding.text()).contains("the totals agree", "'k9'", "in place of", "'k2'");
                });
    }

    @Test
    void shouldNameThePeriodIntoWhichAnEventBelongs() {
        assertThat(explained(
                        difference(NOVEMBER, List.of("k1", "k2"), List.of("k1")),
                        difference(DECEMBER, List.of("k3"), List.of("k3", "k2"))))
                .extracting(Finding::kind)
                .containsExactly(Kind.WRONG_PERIOD, Kind.WRONG_PERIOD);
    }

    @Test
    void shouldTakeASetUnderAnotherPeriodForTheOneThatIsMissing() {
        assertThat(explained(
                        difference(NOVEMBER, List.of("k1", "k2"), null),
                        difference(DECEMBER, null, List.of("k2", "k1"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.WRONG_PERIOD);
                    assertThat(finding.text()).contains(DECEMBER.toString());
                });
    }

    @Test
    void shouldTakeTheSameSetUnderASecondNameForADouble() {
        counted("k1", NOVEMBER);

        assertThat(explained(difference(DECEMBER, null, List.of("k1"))))
                .extracting(Finding::kind)
                .containsExactly(Kind.AGGREGATE_DOUBLED);
    }

    @Test
    void shouldTellAnAlteredTotalFromAnAlteredSet() {
        final Difference altered = difference(NOVEMBER, List.of("k1"), List.of("k1"));

        assertThat(explained(altered)).extracting(Finding::kind).containsExactly(Kind.AGGREGATE_ALTERED);
        assertThat(explained(difference(DECEMBER, List.of("k2"), List.of("never seen"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.kind()).isEqualTo(Kind.SET_DIFFERS);
                    assertThat(finding.text()).contains("the totals agree, the sets of events do not");
                });
    }

    private List<Finding> explained(final Difference... differences) {
        return new Explanation(Arrays.asList(differences), Map.of("acme", events)).findings();
    }

    private Difference difference(final AggregateName name, final List<String> should, final List<String> billed) {
        return new Difference(
                name,
                Optional.ofNullable(should).map(keys -> expected(name, keys)),
                Optional.ofNullable(billed).map(this::billed),
                "quantity differs");
    }

    private ExpectedAggregate expected(final AggregateName name, final List<String> keys) {
        final ExpectedAggregate aggregate = new ExpectedAggregate(
                new Definition(
                        "api_calls",
                        Quantity.COUNT,
                        "call",
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        false,
                        List.of(),
                        Optional.empty(),
                        Optional.empty()),
                new Period(name.periodStart(), name.periodStart() + 1_000),
                0);
        keys.forEach(key -> {
            counted(key, name);
            aggregate.count(
                    new RawEvent(
                            "acme",
                            "api_calls",
                            BigDecimal.ONE,
                            key,
                            name.periodStart(),
                            Map.of(),
                            "USAGE",
                            Optional.empty()),
                    hashes.countedKey("acme", key));
        });
        return aggregate;
    }

    private BilledAggregate billed(final List<String> keys) {
        final BigInteger digest = keys.stream()
                .map(key -> Hashes.toNumber(hashes.countedKey("acme", key)))
                .reduce(BigInteger.ZERO, BigInteger::add)
                .mod(MODULUS);
        return new BilledAggregate(
                1,
                "COUNT",
                "call",
                BigDecimal.valueOf(keys.size()),
                keys.size(),
                0,
                0,
                0,
                Optional.of(0L),
                Optional.of(0L),
                0,
                "OPEN",
                Optional.empty(),
                digest,
                0,
                0,
                1);
    }

    private void counted(final String key, final AggregateName into) {
        events.add(event(key, "COUNTED", Optional.of(into)));
    }

    private JudgedEvent event(final String key, final String outcome, final Optional<AggregateName> into) {
        return new JudgedEvent(
                new SourcePosition(0, events.size()),
                0,
                "acme",
                "api_calls",
                key,
                BigDecimal.ONE,
                0,
                "USAGE",
                outcome,
                into);
    }
}
