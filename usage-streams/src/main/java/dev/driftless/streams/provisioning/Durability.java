package dev.driftless.streams.provisioning;

import static org.apache.kafka.common.config.TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG;

import java.util.List;

/** What keeps acknowledged records from being lost with a broker. */
public final class Durability {
    private static final int REPLICATED = 3;

    private Durability() {}

    /**
     * With three replicas or more, two must have a record before it is acknowledged: one broker can be lost, and one more
     * be down, with nothing lost. With fewer, a second one would only make each restart of a broker an outage.
     */
    public static int minInSyncReplicas(final int replicationFactor) {
        return replicationFactor >= REPLICATED ? 2 : 1;
    }

    static List<Requirement> of(final int replicationFactor) {
        return List.of(
                Requirement.atLeast(
                        MIN_IN_SYNC_REPLICAS_CONFIG,
                        minInSyncReplicas(replicationFactor),
                        "with " + replicationFactor + " replicas, an acknowledged record could be on one broker alone"),
                Requirement.exactly(
                        UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                        "false",
                        "a replica that lacks acknowledged records could become the leader"));
    }
}
