package dev.driftless.streams.topology;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.processor.TimestampExtractor;

/**
 * Gives a re-routed record the broker time of its first arrival, so that a rerun of an old log, which re-routes anew, does
 * not put today's time between last year's events. Never later than the broker's own time for the record.
 */
final class OriginTimestamps implements TimestampExtractor {
    @Override
    public long extract(final ConsumerRecord<Object, Object> record, final long partitionTime) {
        return Origin.of(record.headers())
                .map(origin -> Math.min(origin.arrivedAt().toEpochMilli(), record.timestamp()))
                .orElse(record.timestamp());
    }
}
