package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.demo.DemoRecord.Tracked;
import dev.driftless.cli.demo.DemoRecord.Written;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {
    private static final Instant START = Instant.parse("2026-11-15T12:00:00Z");

    @Test
    void shouldGiveEqualTrafficForEqualSeeds() {
        assertThat(shown(traffic(7), 5_000)).isEqualTo(shown(traffic(7), 5_000));
        assertThat(shown(traffic(7), 5_000)).isNotEqualTo(shown(traffic(8), 5_000));
    }

    @Test
    void shouldWriteMisplacedEventsIntoAnotherPartitionThanTheirCustomers() {
        final List<Written> misplaced = records(traffic(1), 5_000)
                .filter(Written.class::isInstance)
                .map(Written.class::cast)
                .filter(written -> written.partition().isPresent())
                .toList();

        assertThat(misplaced).hasSizeGreaterThan(20).allMatch(Written::isRerouted);
    }

    @Test
    void shouldDrawEveryKind() {
        final SplittableRandom random = new SplittableRandom(1);

        assertThat(IntStream.range(0, 20_000).mapToObj(draw -> Kind.drawn(random)))
                .contains(Kind.values());
    }

    private static DemoTraffic traffic(final long seed) {
        return new DemoTraffic(seed, 50, 6, START, new EventBytes(1, 2), BetaFeature.before(START));
    }

    private static Stream<DemoRecord> records(final DemoTraffic traffic, final int count) {
        return IntStream.range(0, count).mapToObj(record -> traffic.next());
    }

    private static List<String> shown(final DemoTraffic traffic, final int count) {
        return records(traffic, count).map(DemoTrafficTest::shown).toList();
    }

    private static String shown(final DemoRecord record) {
        if (record instanceof Tracked tracked) {
            return tracked.usage().toString();
        }
        final Written written = (Written) record;
        return written.partition() + Arrays.toString(written.key()) + Arrays.toString(written.value());
    }
}
