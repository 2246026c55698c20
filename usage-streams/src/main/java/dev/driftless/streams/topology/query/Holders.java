package dev.driftless.streams.topology.query;

import java.util.List;
import org.apache.kafka.streams.state.HostInfo;

/**
 * Which instances have a customer's state.
 *
 * @param partition the customer's partition
 * @param active the one that processes it
 * @param standbys those that keep a copy
 */
public record Holders(int partition, HostInfo active, List<HostInfo> standbys) {
    public Holders {
        standbys = List.copyOf(standbys);
    }
}
