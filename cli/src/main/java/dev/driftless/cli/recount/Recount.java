package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;

/** Recounts the raw events, and holds the application's results against it. For use by one thread. */
public final class Recount implements AutoCloseable {
    static final String TICK_HEADER = "driftless-tick";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(250);
    /** Longer than an application holds an aggregate back, so that a record too many would have come. */
    private static final Duration STAYS = Duration.ofMillis(2_500);

    private final RecountSettings settings;
    private final RegistrySchemas schemas;
    private final Expectation expected;
    private final BillingLog billing;
    private final RejectionLog rejected;

    private Recount(final RecountSettings settings) {
        this.settings = requireNonNull(settings);
        this.schemas = new RegistrySchemas(settings.schemaRegistryUrl());
        this.expected = recount();
        this.billing = new BillingLog(settings, schemas);
        this.rejected = new RejectionLog(settings, schemas);
    }

    /**
     * Reads the catalog, the subscriptions and the raw events to their end. Nothing may be written to them afterwards but ticks.
     *
     * @throws RecountException if they cannot be read
     */
    public static Recount of(final RecountSettings settings) {
        try {
            return new Recount(settings);
        } catch (final KafkaException failure) {
            throw new RecountException("cannot recount: " + failure.getMessage(), failure);
        }
    }

    /** What should have come out. */
    public Expectation expected() {
        return expected;
    }

    /** What the billing topic says, as far as the last comparison has read it. */
    public Map<AggregateName, BilledAggregate> billed() {
        return billing.latest();
    }

    /**
     * Compares until everything agrees and stays so, or until nothing has changed for some time.
     *
     * @param instances base addresses of the HTTP endpoints of all instances of the application
     * @param patience how long to wait for a change before what does not agree is a result
     * @param check run between looks; throws to end the wait
     * @return all groups
     */
    public List<Agreement> awaitAgreement(
            final Collection<URI> instances, final Duration patience, final Runnable check) {
        List<Agreement> last = compare(instances);
        long lastChange = System.nanoTime();
        while (System.nanoTime() - lastChange < (holds(last) ? STAYS : patience).toNanos()) {
            check.run();
            pause();
            final List<Agreement> next = compare(instances);
            if (!next.equals(last)) {
                last = next;
                lastChange = System.nanoTime();
            }
        }
        return last;
    }

    private static boolean holds(final List<Agreement> agreements) {
        return agreements.stream().allMatch(Agreement::holds);
    }

    private List<Agreement> compare(final Collection<URI> instances) {
        billing.advance();
        rejected.advance();
        return new Comparison(expected).with(ReportedAccount.ask(instances), billing, rejected);
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new RecountException("interrupted while waiting for the application", interrupt);
        }
    }

    private Expectation recount() {
        final FeatureTable features = FeatureTable.read(settings, schemas);
        final AvroValues values = new AvroValues(schemas.latest(settings.usageEvents() + "-value"), schemas::byId);
        try (TopicLog log = new TopicLog(settings.usageEvents(), settings.client())) {
            final AggregateTable aggregates =
                    new AggregateTable(SubscriptionTable.read(settings, schemas), settings.closing());
            final Recounter recounter = new Recounter(
                    bytes -> values.read(bytes).map(RawEvent::of),
                    aggregates,
                    new Judge(features, aggregates, settings.window()),
                    log.partitions());
            log.advance(record -> recounter.accept(raw(record)));
            return recounter.finish();
        }
    }

    static RawRecord raw(final ConsumerRecord<byte[], byte[]> record) {
        return new RawRecord(
                new SourcePosition(record.partition(), record.offset()),
                record.timestamp(),
                record.key(),
                record.value(),
                Optional.ofNullable(record.headers().lastHeader(TICK_HEADER)).isPresent());
    }

    @Override
    public void close() {
        billing.close();
        rejected.close();
    }
}
