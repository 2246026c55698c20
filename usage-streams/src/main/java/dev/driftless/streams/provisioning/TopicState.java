package dev.driftless.streams.provisioning;

import java.util.Map;

/**
 * What an existing topic is like.
 *
 * @param partitions how many it has
 * @param replicationFactor of its least replicated partition
 * @param settings in effect, defaults included
 */
record TopicState(int partitions, int replicationFactor, Map<String, String> settings) {
    private static final String UNSET = "unset";

    TopicState {
        settings = Map.copyOf(settings);
    }

    /** Value of a setting. */
    String valueOf(final String setting) {
        return settings.getOrDefault(setting, UNSET);
    }
}
