package dev.driftless.schemas.serde;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.schemas.UsageEvent;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Registers the schemas of all topics, each held to {@code FULL_TRANSITIVE} compatibility. Safe to repeat. */
public final class SchemaRegistration {
    /** Compatibility under which every reader of any version reads what every writer of any version wrote. */
    public static final String COMPATIBILITY = "FULL_TRANSITIVE";

    private final SchemaRegistryClient registry;

    public SchemaRegistration(final SchemaRegistryClient registry) {
        this.registry = requireNonNull(registry);
    }

    /** The subjects by {@code TopicNameStrategy}, in a fixed order, with the schema that this build writes. */
    public static Map<String, Schema> subjects(final Topics topics) {
        final Map<String, Schema> subjects = new LinkedHashMap<>();
        subjects.put(topics.usageEvents() + "-value", PublishedSchema.of(UsageEvent.class));
        subjects.put(topics.featureCatalog() + "-value", PublishedSchema.of(FeatureDefinition.class));
        subjects.put(topics.subscriptions() + "-value", PublishedSchema.of(Subscription.class));
        subjects.put(topics.billingUsage() + "-key", PublishedSchema.of(UsageAggregateKey.class));
        subjects.put(topics.billingUsage() + "-value", PublishedSchema.of(UsageAggregate.class));
        subjects.put(topics.usageRejected() + "-value", PublishedSchema.of(RejectedUsage.class));
        return subjects;
    }

    /**
     * Registers what is not registered yet and sets the compatibility of each subject.
     *
     * @return the id of each subject's schema
     * @throws IOException if the registry cannot be reached
     * @throws RestClientException if it refuses, for instance because a schema is not compatible
     */
    public Map<String, Integer> register(final Topics topics) throws IOException, RestClientException {
        final Map<String, Integer> ids = new LinkedHashMap<>();
        for (final Map.Entry<String, Schema> subject : subjects(topics).entrySet()) {
            ids.put(subject.getKey(), registry.register(subject.getKey(), new AvroSchema(subject.getValue())));
            registry.updateCompatibility(subject.getKey(), COMPATIBILITY);
        }
        return ids;
    }
}
