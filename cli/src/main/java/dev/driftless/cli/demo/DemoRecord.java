package dev.driftless.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.driftless.client.Usage;
import java.util.Optional;

/** One record of the demo's traffic. */
sealed interface DemoRecord {
    /** An event as a service publishes it, through the client. */
    record Tracked(Usage usage) implements DemoRecord {
        public Tracked {
            requireNonNull(usage);
        }
    }

    /**
     * Bytes written past the client.
     *
     * @param partition the partition to write to; nothing to have it chosen by the key
     * @param key null for none
     * @param value null for none
     * @param isRerouted whether the application has to pass it on to another partition, where it is read once more
     */
    @SuppressWarnings("ArrayRecordComponent") // Handed on to Kafka, never compared.
    record Written(Optional<Integer> partition, byte[] key, byte[] value, boolean isRerouted) implements DemoRecord {
        public Written {
            requireNonNull(partition);
        }
    }
}
