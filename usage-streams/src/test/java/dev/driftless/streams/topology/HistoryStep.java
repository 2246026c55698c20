package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.UsageEvent;
import java.time.Instant;
import java.util.Optional;

/** Something that happens, told to the application and to the model alike. */
sealed interface HistoryStep {
    /** Broker time at which it happens. */
    Instant at();

    /** Tells the application, whose brokers' time is right. */
    void tell(TopologyBed bed);

    /** Tells the model. */
    void tell(NaivePipeline model);

    /** A tick arrives. */
    record Tick(Instant at) implements HistoryStep {
        @Override
        public void tell(final TopologyBed bed) {
            bed.tick();
        }

        @Override
        public void tell(final NaivePipeline model) {
            model.tick(at);
        }
    }

    /** Bytes arrive that are no event. */
    record Garbage(Instant at, String key, int length) implements HistoryStep {
        @Override
        public void tell(final TopologyBed bed) {
            bed.publish(key.getBytes(UTF_8), new byte[length]);
        }

        @Override
        public void tell(final NaivePipeline model) {
            model.garbage(at);
        }
    }

    /** An event arrives. */
    record Usage(Instant at, String key, UsageEvent event) implements HistoryStep {
        @Override
        public void tell(final TopologyBed bed) {
            bed.publish(key.getBytes(UTF_8), bed.encode(event));
        }

        @Override
        public void tell(final NaivePipeline model) {
            model.usage(at, key, event);
        }
    }

    /** The catalog changes. */
    record Define(Instant at, FeatureDefinition definition) implements HistoryStep {
        @Override
        public void tell(final TopologyBed bed) {
            bed.feature(definition);
        }

        @Override
        public void tell(final NaivePipeline model) {
            model.define(definition);
        }
    }

    /** A customer's subscription changes, or ends. */
    record Subscribe(Instant at, String customer, Optional<Subscription> subscription) implements HistoryStep {
        @Override
        public void tell(final TopologyBed bed) {
            bed.subscription(customer, subscription.orElse(null));
        }

        @Override
        public void tell(final NaivePipeline model) {
            model.subscribe(customer, subscription);
        }
    }

    /** The application ends and starts elsewhere. */
    record Restart(Instant at) implements HistoryStep {
        @Override
        public void tell(final TopologyBed bed) {
            bed.restart();
        }

        @Override
        public void tell(final NaivePipeline model) {
            // Nothing that counts must depend on it.
        }
    }
}
