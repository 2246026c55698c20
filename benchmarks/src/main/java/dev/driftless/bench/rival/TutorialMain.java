package dev.driftless.bench.rival;

import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.serde.AvroSerdes;
import io.confluent.kafka.schemaregistry.client.CachedSchemaRegistryClient;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.processor.api.ContextualFixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.state.WindowStoreIterator;

/**
 * The same job as tutorials do it: an event is a duplicate if its key is found in a window store within the window around
 * its own time; what is left is summed over windows of a month. It does less: one aggregation, no catalog, no account.
 */
public final class TutorialMain {
    private static final String STORE = "seen";
    private static final Duration WINDOW = Duration.ofDays(35);
    private static final Duration MONTH = Duration.ofDays(30);

    private TutorialMain() {}

    public static void main(final String[] arguments) throws InterruptedException {
        final Program program = new Program(arguments);
        final StreamsBuilder builder = new StreamsBuilder();
        builder.addStateStore(Stores.windowStoreBuilder(
                Stores.persistentWindowStore(STORE, WINDOW.multipliedBy(2), WINDOW, false),
                Serdes.String(),
                Serdes.Long()));
        final KStream<String, UsageEvent> events = builder.stream(
                Topics.DEFAULT.usageEvents(),
                Consumed.with(Serdes.String(), forgiving(program.flag("schema-registry-url")))
                        .withTimestampExtractor((record, partitionTime) -> record.value() instanceof UsageEvent event
                                ? event.getOccurredAt().toEpochMilli()
                                : record.timestamp()));
        events.filter((customer, event) -> event != null)
                .processValues(Deduplicate::new, STORE)
                .map((customer, event) -> KeyValue.pair(
                        customer + '|' + event.getFeature(), event.getValue().toPlainString()))
                .groupByKey(Grouped.with("by-feature", Serdes.String(), Serdes.String()))
                .windowedBy(TimeWindows.ofSizeAndGrace(MONTH, WINDOW))
                .aggregate(
                        () -> "0",
                        (key, value, sum) ->
                                new BigDecimal(sum).add(new BigDecimal(value)).toPlainString(),
                        Materialized.with(Serdes.String(), Serdes.String()))
                .toStream((key, sum) -> key.key() + '|' + key.window().start())
                .to(program.flag("topics.billing-usage"), Produced.with(Serdes.String(), Serdes.String()));
        program.run(builder.build());
    }

    /** Reads null where an event cannot be read. */
    private static Serde<UsageEvent> forgiving(final String registry) {
        final Serde<UsageEvent> strict =
                new AvroSerdes(new CachedSchemaRegistryClient(registry, 100)).value(UsageEvent.class);
        return Serdes.serdeFrom(strict.serializer(), (topic, bytes) -> {
            try {
                return strict.deserializer().deserialize(topic, bytes);
            } catch (final SerializationException unreadable) {
                return null;
            }
        });
    }

    private static final class Deduplicate extends ContextualFixedKeyProcessor<String, UsageEvent, UsageEvent> {
        private WindowStore<String, Long> seen;

        @Override
        public void init(final FixedKeyProcessorContext<String, UsageEvent> context) {
            super.init(context);
            this.seen = context.getStateStore(STORE);
        }

        @Override
        public void process(final FixedKeyRecord<String, UsageEvent> record) {
            final String key = record.key() + '|' + record.value().getIdempotencyKey();
            final Instant at = Instant.ofEpochMilli(record.timestamp());
            if (firstSeen(key, at).isEmpty()) {
                seen.put(key, at.toEpochMilli(), at.toEpochMilli());
                context().forward(record);
            }
        }

        private Optional<Long> firstSeen(final String key, final Instant at) {
            try (WindowStoreIterator<Long> found = seen.fetch(key, at.minus(WINDOW), at.plus(WINDOW))) {
                return found.hasNext() ? Optional.of(found.next().value) : Optional.empty();
            }
        }
    }
}
