package dev.driftless.cli.demo;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.Topics;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringSerializer;

/** The billing periods of some of the demo's customers; the others have calendar months in UTC. */
final class DemoSubscriptions {
    private DemoSubscriptions() {}

    /** Publishes them, and gives their number. */
    static int apply(final ConnectionOptions connection, final Instant start) {
        final String topic = Topics.DEFAULT.subscriptions();
        final List<Subscription> subscriptions = all(start);
        try (Serde<Subscription> serde = connection.serdes().value(Subscription.class);
                Producer<String, Subscription> producer =
                        new KafkaProducer<>(connection.client(), new StringSerializer(), serde.serializer())) {
            final List<Future<RecordMetadata>> sent = subscriptions.stream()
                    .map(subscription ->
                            producer.send(new ProducerRecord<>(topic, subscription.getCustomerId(), subscription)))
                    .toList();
            producer.flush();
            sent.forEach(row -> ConnectionOptions.await(row, "write the subscriptions to topic " + topic));
        }
        return subscriptions.size();
    }

    private static List<Subscription> all(final Instant start) {
        final Instant change = start.minus(Duration.ofDays(9)).truncatedTo(ChronoUnit.HOURS);
        return List.of(
                subscription(0, term(Instant.EPOCH, PeriodInterval.MONTH, "2026-01-31T00:00", "Europe/Berlin")),
                subscription(1, term(Instant.EPOCH, PeriodInterval.MONTH, "2026-01-01T00:00", "America/New_York")),
                subscription(3, term(Instant.EPOCH, PeriodInterval.WEEK, "2026-01-05T09:00", "Asia/Kolkata")),
                subscription(4, term(Instant.EPOCH, PeriodInterval.QUARTER, "2026-02-15T00:00", "Pacific/Apia")),
                subscription(
                        5,
                        term(Instant.EPOCH, PeriodInterval.MONTH, "2026-01-15T12:30", "Asia/Kathmandu"),
                        term(change, PeriodInterval.WEEK, "2026-01-01T00:00", "America/St_Johns")),
                subscription(6, term(Instant.EPOCH, PeriodInterval.DAY, "2026-01-01T00:00", "Australia/Lord_Howe")),
                subscription(7, term(Instant.EPOCH, PeriodInterval.YEAR, "2024-02-29T00:00", "UTC")));
    }

    private static Subscription subscription(final int customer, final SubscriptionTerm... terms) {
        return Subscription.newBuilder()
                .setCustomerId(DemoTraffic.customer(customer))
                .setRevision(1)
                .setTerms(Arrays.asList(terms))
                .build();
    }

    private static SubscriptionTerm term(
            final Instant from, final PeriodInterval interval, final String anchor, final String timeZone) {
        return SubscriptionTerm.newBuilder()
                .setEffectiveFrom(from)
                .setInterval(interval)
                .setAnchor(anchor)
                .setTimeZone(timeZone)
                .build();
    }
}
