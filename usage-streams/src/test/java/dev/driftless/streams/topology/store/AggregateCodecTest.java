package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.streams.domain.Aggregate;
import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import dev.driftless.streams.domain.CountedKeysDigest;
import dev.driftless.streams.domain.Emission;
import dev.driftless.streams.domain.Emission.LastRecord;
import dev.driftless.streams.domain.KeyHash;
import dev.driftless.streams.domain.Tally;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AggregateCodecTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final Instant APRIL = Instant.parse("2026-04-01T00:00:00Z");
    private static final AggregateKey KEY =
            new AggregateKey("acme", "api_calls", MARCH, List.of(new GroupValue("region", "eu")));

    private final AggregateCodec codec = new AggregateCodec();

    @Test
    void shouldReadAnAggregateAsItWasWritten() {
        assertRoundTrip(new Aggregate(
                KEY,
                APRIL,
                Aggregation.UNIQUE,
                "call \uD83D\uDE80",
                Optional.of("user"),
                PeriodStatus.AMENDED,
                new Tally(
                        new BigDecimal("12.500000000"),
                        (1L << 53) - 1,
                        2,
                        3,
                        4,
                        Optional.of(MARCH),
                        Optional.of(APRIL.minusMillis(1)),
                        CountedKeysDigest.EMPTY.plus(KeyHash.of("acme", "k1"))),
                99,
                4,
                new Emission(
                        5,
                        Optional.of(new LastRecord(MARCH.plusMillis(7), new BigDecimal("1.000000000"))),
                        Optional.of(MARCH.plusMillis(1_007)))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "1E+28",
                "0.000000001",
                "-0.000000001",
                "99999999999999999999999999999.999999999",
                "-99999999999999999999999999999.999999999"
            })
    void shouldKeepAQuantityExactly(final String quantity) {
        final Aggregate written = new Aggregate(
                KEY,
                APRIL,
                Aggregation.SUM,
                "call",
                Optional.empty(),
                PeriodStatus.OPEN,
                new Tally(
                        new BigDecimal(quantity),
                        1,
                        0,
                        0,
                        0,
                        Optional.of(MARCH),
                        Optional.of(MARCH),
                        CountedKeysDigest.EMPTY),
                0,
                1,
                Emission.NONE);

        assertThat(codec.decode(KEY, codec.encode(written)).tally().quantity()).isEqualByComparingTo(quantity);
    }

    @Test
    void shouldRefuseAnAggregateThatAnotherVersionHasWritten() {
        assertThatThrownBy(() -> codec.decode(KEY, new byte[] {2}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("an aggregate of version 2")
                .hasMessageContaining("reads version 1");
    }

    private void assertRoundTrip(final Aggregate written) {
        assertThat(codec.decode(KEY, codec.encode(written))).isEqualTo(written);
    }
}
