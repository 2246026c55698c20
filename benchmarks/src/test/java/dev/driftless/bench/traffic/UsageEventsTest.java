package dev.driftless.bench.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.bench.traffic.UsageEvents.Encoded;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class UsageEventsTest {
    private static final int EVENTS = 20_000;
    private final Workload workload = new Workload(7, EVENTS, 100, Instant.parse("2026-11-22T10:00:00Z"));

    @Test
    void shouldGiveTheSameEventsForTheSameWorkload() {
        final UsageEvents one = new UsageEvents(workload, 3);
        final UsageEvents other = new UsageEvents(workload, 3);

        assertThat(LongStream.range(0, 1_000).mapToObj(one::get).map(Encoded::value))
                .containsExactlyElementsOf(LongStream.range(0, 1_000)
                        .mapToObj(other::get)
                        .map(Encoded::value)
                        .toList());
    }

    @Test
    void shouldRepeatFiveInAHundredEvents() {
        final UsageEvents events = new UsageEvents(workload, 3);
        final Set<String> seen = new HashSet<>();

        final long repeated = LongStream.range(0, EVENTS)
                .mapToObj(events::get)
                .filter(event -> event.value().length > 2)
                .filter(event -> !seen.add(new String(event.value(), java.nio.charset.StandardCharsets.ISO_8859_1)))
                .count();

        assertThat((double) repeated / EVENTS).isBetween(0.045, 0.055);
    }

    @Test
    void shouldKeyEachEventByItsCustomer() {
        final Encoded event = new UsageEvents(workload, 3).get(0);

        assertThat(new String(event.value(), UTF_8)).contains(new String(event.key(), UTF_8));
    }
}
