package dev.driftless.streams.topology;

import static dev.driftless.streams.topology.TopologyBed.event;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.UsageEvent;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.streams.errors.StreamsException;

/** A program that lets the topology count, reject, pass on and fail, for the sake of what it logs. */
final class LoggedRun {
    static final String PLACED = customerOf(0);
    static final String MISPLACED = customerOf(4);
    static final String PAYLOAD = "nobody's business";
    private static final int PARTITIONS = 6;

    private LoggedRun() {}

    public static void main(final String[] arguments) {
        try (TopologyBed bed = new TopologyBed(TopologySettings.DEFAULT, PARTITIONS)) {
            bed.feature("api_calls", Aggregation.SUM)
                    .publish(of(PLACED, "api_calls", "counted"))
                    .publish(of(PLACED, "not_there", "rejected"))
                    .publish(of(MISPLACED, "api_calls", "misplaced"))
                    .corruptMark(PLACED, "poison")
                    .publish(of(PLACED, "api_calls", "poison"));
        } catch (final StreamsException expected) {
            System.err.println("{\"over\": true}");
        }
    }

    private static UsageEvent.Builder of(final String customer, final String feature, final String key) {
        return event(feature, key).setCustomerId(customer).setProperties(Map.of("note", PAYLOAD));
    }

    private static String customerOf(final int partition) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "customer-" + i)
                .filter(id -> CustomerPartitions.partitionOf(id, PARTITIONS) == partition)
                .findFirst()
                .orElseThrow();
    }
}
