package dev.driftless.streams.provisioning;

import dev.driftless.schemas.Topics;
import dev.driftless.schemas.serde.SchemaRegistration;
import dev.driftless.streams.provisioning.Drift.Remedy;
import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map.Entry;
import java.util.Optional;
import org.apache.avro.Schema;

/** Whether the registry has the schemas that this build writes. */
final class SchemaComparison {
    private static final int NOT_FOUND = 404;

    private final SchemaRegistryClient registry;

    SchemaComparison(final SchemaRegistryClient registry) {
        this.registry = registry;
    }

    List<Drift> drifts(final Topics topics) throws IOException, RestClientException {
        final List<Drift> drifts = new ArrayList<>();
        for (final Entry<String, Schema> subject :
                SchemaRegistration.subjects(topics).entrySet()) {
            if (isRegistered(subject.getKey(), subject.getValue())) {
                compatibilityDrift(subject.getKey()).ifPresent(drifts::add);
            } else {
                drifts.add(new Drift(
                        "subject " + subject.getKey(),
                        "schema",
                        "not registered",
                        "the one of this build",
                        "records could not be written, since schemas are never registered on the way",
                        Severity.BROKEN,
                        Remedy.APPLY));
            }
        }
        return drifts;
    }

    private boolean isRegistered(final String subject, final Schema schema) throws IOException, RestClientException {
        return answer(() -> registry.getId(subject, new AvroSchema(schema))).isPresent();
    }

    private Optional<Drift> compatibilityDrift(final String subject) throws IOException, RestClientException {
        final String is = answer(() -> registry.getCompatibility(subject)).orElse("the registry's default");
        return is.equals(SchemaRegistration.COMPATIBILITY)
                ? Optional.empty()
                : Optional.of(new Drift(
                        "subject " + subject,
                        "compatibility",
                        is,
                        SchemaRegistration.COMPATIBILITY,
                        "a schema could be registered that not every reader understands",
                        Severity.ADVISORY,
                        Remedy.APPLY));
    }

    private static <T> Optional<T> answer(final Question<T> question) throws IOException, RestClientException {
        try {
            return Optional.of(question.ask());
        } catch (final RestClientException e) {
            if (e.getStatus() == NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private interface Question<T> {
        T ask() throws IOException, RestClientException;
    }
}
