package dev.driftless.streams.app.ops;

import static java.util.Objects.requireNonNull;

/**
 * How far the processing of one partition of a topic is behind.
 *
 * @param topic the topic
 * @param partition its partition
 * @param records that the brokers hold and the last commit has not; also those that no reader is given, such as the ends of
 *     transactions, until the next commit has passed them
 */
public record Lag(String topic, int partition, long records) {
    public Lag {
        requireNonNull(topic);
    }
}
