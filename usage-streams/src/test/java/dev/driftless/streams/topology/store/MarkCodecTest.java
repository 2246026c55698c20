package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.streams.domain.Mark;
import dev.driftless.streams.domain.SourcePosition;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MarkCodecTest {
    private static final Instant ARRIVED = Instant.parse("2026-03-10T12:00:00.123Z");
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");

    @ParameterizedTest
    @EnumSource
    void shouldGiveBackAMarkInEachState(final Mark.State state) {
        final Mark mark = mark(state, MARCH, 0, "2.5");

        assertThat(MarkCodec.decode(MarkCodec.encode(mark))).isEqualTo(mark);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "1",
                "-1",
                "0.000000001",
                "99999999999999999999999999999.999999999",
                "-99999999999999999999999999999.999999999",
                "10000000000000000000000000000"
            })
    void shouldGiveBackAValueExactly(final String value) {
        final Mark decoded = MarkCodec.decode(MarkCodec.encode(mark(Mark.State.COUNTED, MARCH, 0, value)));

        assertThat(decoded.value()).isEqualByComparingTo(value);
    }

    @Test
    void shouldGiveBackWhatLiesAtTheBounds() {
        for (final Instant periodStart : List.of(Instant.EPOCH, ARRIVED, ARRIVED.plusSeconds(300))) {
            for (final int grouping : List.of(0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE)) {
                final Mark mark = new Mark(
                        Mark.State.TAKEN_BACK,
                        Long.MIN_VALUE,
                        new SourcePosition(Integer.MAX_VALUE, Long.MAX_VALUE),
                        ARRIVED,
                        periodStart,
                        grouping,
                        new BigDecimal("-99999999999999999999999999999.999999999"));

                assertThat(MarkCodec.decode(MarkCodec.encode(mark))).isEqualTo(mark);
            }
        }
    }

    /** The first period of a zone west of Greenwich begins before 1970. */
    @Test
    void shouldGiveBackAPeriodThatStartsBefore1970() {
        final Mark mark = mark(Mark.State.COUNTED, Instant.parse("1969-12-31T15:00:00Z"), 0, "1");

        assertThat(MarkCodec.decode(MarkCodec.encode(mark))).isEqualTo(mark);
    }

    @Test
    void shouldTakeFewBytes() {
        final Mark mark = new Mark(
                Mark.State.COUNTED,
                -1L,
                new SourcePosition(5, 1_000_000_000L),
                ARRIVED,
                MARCH,
                0,
                new BigDecimal("1.000000000"));

        assertThat(MarkCodec.encode(mark)).hasSizeLessThanOrEqualTo(30);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 63, 64, Long.MAX_VALUE})
    void shouldGiveBackHowManyCopiesCame(final long copies) {
        final Mark first = mark(Mark.State.COUNTED, MARCH, 0, "-12.5");
        final Mark mark = new Mark(
                first.state(),
                first.contentFingerprint(),
                first.origin(),
                first.arrivedAt(),
                first.periodStart(),
                first.grouping(),
                first.value(),
                copies);

        assertThat(MarkCodec.decode(MarkCodec.encode(mark))).isEqualTo(mark);
    }

    @Test
    void shouldCostNothingWhereNoCopyCame() {
        final Mark first = mark(Mark.State.COUNTED, MARCH, 0, "1");

        assertThat(MarkCodec.encode(first.repeated())).hasSize(MarkCodec.encode(first).length + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {0x00, 0x30, 0x14, 0x24, 0xFF})
    void shouldRefuseAMarkOfAnotherVersionOrState(final int head) {
        final byte[] encoded = MarkCodec.encode(mark(Mark.State.COUNTED, MARCH, 0, "1"));
        encoded[0] = (byte) head;

        assertThatThrownBy(() -> MarkCodec.decode(encoded))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("this build reads versions 1 and 2");
    }

    private static Mark mark(
            final Mark.State state, final Instant periodStart, final int grouping, final String value) {
        return new Mark(
                state,
                0x1234_5678_9ABC_DEF0L,
                new SourcePosition(3, 42),
                ARRIVED,
                periodStart,
                grouping,
                new BigDecimal(value));
    }
}
