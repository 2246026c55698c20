package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.SourcePosition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarkCodecTest {
    private static final Instant ARRIVAL = Instant.parse("2026-03-10T12:00:00.123Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    @Test
    void shouldReadAMarkAsItWasWritten() {
        final Mark mark = mark(-42, new SourcePosition(5, 123_456_789), ARRIVAL, MARCH);

        assertThat(MarkCodec.decode(MarkCodec.encode(mark))).isEqualTo(mark);
    }

    @Test
    void shouldHoldTheExtremesOfEachNumber() {
        final Instant latest = FieldRules.LATEST.minusMillis(1);
        for (final long fingerprint : new long[] {Long.MIN_VALUE, -1, 0, 1, Long.MAX_VALUE}) {
            for (final long offset : new long[] {0, Integer.MAX_VALUE, (1L << 53) - 1, Long.MAX_VALUE}) {
                for (final Instant arrival : new Instant[] {Instant.EPOCH, ARRIVAL, latest}) {
                    assertRoundTrip(fingerprint, new SourcePosition(Integer.MAX_VALUE, offset), arrival, Instant.EPOCH);
                    assertRoundTrip(fingerprint, new SourcePosition(0, offset), arrival, latest);
                }
            }
        }
    }

    /** The first period of a zone west of Greenwich begins before 1970. */
    @Test
    void shouldHoldAPeriodThatStartsBefore1970OrAfterTheArrival() {
        assertRoundTrip(1, new SourcePosition(0, 0), Instant.EPOCH, Instant.parse("1969-12-31T15:00:00Z"));
        assertRoundTrip(1, new SourcePosition(0, 0), ARRIVAL, ARRIVAL.plusSeconds(300));
    }

    @Test
    void shouldTakeAtMost29BytesForWhatIsUsual() {
        final SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 1_000; i++) {
            final Instant arrival = ARRIVAL.plusMillis(random.nextLong(1L << 36));
            final Mark mark = mark(
                    random.nextLong(),
                    new SourcePosition(random.nextInt(64), random.nextLong(1L << 34)),
                    arrival,
                    arrival.minusMillis(random.nextLong(62 * 86_400_000L)));
            assertThat(MarkCodec.encode(mark)).hasSizeLessThanOrEqualTo(29);
        }
    }

    @Test
    void shouldRefuseAMarkOfAnotherVersion() {
        final byte[] bytes = MarkCodec.encode(mark(1, new SourcePosition(0, 0), ARRIVAL, MARCH));
        bytes[0] = (byte) (bytes[0] + (1 << 4));

        assertThatThrownBy(() -> MarkCodec.decode(bytes))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this build reads version");
    }

    private static Mark mark(
            final long fingerprint, final SourcePosition origin, final Instant arrival, final Instant period) {
        return new Mark(Mark.State.COUNTED, fingerprint, origin, arrival, period, 0, BigDecimal.ONE);
    }

    private static void assertRoundTrip(
            final long fingerprint, final SourcePosition origin, final Instant arrival, final Instant period) {
        final Mark mark = mark(fingerprint, origin, arrival, period);
        assertThat(MarkCodec.decode(MarkCodec.encode(mark))).isEqualTo(mark);
    }
}
