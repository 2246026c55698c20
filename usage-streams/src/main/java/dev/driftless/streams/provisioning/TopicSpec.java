package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a topic must be like.
 *
 * @param name its name
 * @param partitioning how many partitions it has
 * @param origin who creates it
 * @param requirements on its settings
 */
public record TopicSpec(String name, Partitioning partitioning, Origin origin, List<Requirement> requirements) {
    /** How many partitions a topic has. */
    public enum Partitioning {
        /** Decides for those that must have as many. */
        LEADING,
        /** As many as the leading topic, or the promises break. */
        SAME,
        /** As many as the leading topic when it is created; any number will do. */
        SAME_AT_FIRST,
        /** One when it is created; any number will do. */
        ONE_AT_FIRST
    }

    /** Who creates a topic. */
    public enum Origin {
        /** Provisioning. */
        PROVISIONED,
        /** Kafka Streams, at its first start; until then it is not missed. */
        INTERNAL
    }

    public TopicSpec {
        requireNonNull(name);
        requireNonNull(partitioning);
        requireNonNull(origin);
        requirements = List.copyOf(requirements);
    }

    /** The settings that the topic is created with, beside those that follow from its replication factor. */
    Map<String, String> settings() {
        final Map<String, String> settings = new LinkedHashMap<>();
        requirements.forEach(requirement -> settings.put(requirement.setting(), requirement.value()));
        return settings;
    }
}
