package dev.driftless.cli.topics;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.schemas.Topics;
import dev.driftless.schemas.serde.SchemaRegistration;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** Temporary. */
public final class Provisioning {
    private Provisioning() {}

    public static int apply(final ConnectionOptions connection) {
        try (Admin admin = connection.admin()) {
            final Topics t = Topics.DEFAULT;
            final List<NewTopic> topics = Stream.of(
                            t.usageEvents(),
                            t.usageRerouted(),
                            t.featureCatalog(),
                            t.subscriptions(),
                            t.billingUsage(),
                            t.usageRejected())
                    .map(n -> new NewTopic(n, Optional.of(n.equals(t.featureCatalog()) ? 1 : 6), Optional.empty())
                            .configs(
                                    n.equals(t.usageEvents())
                                            ? Map.of("message.timestamp.type", "LogAppendTime")
                                            : Map.of()))
                    .toList();
            ConnectionOptions.await(admin.createTopics(topics).all(), "create topics");
            new SchemaRegistration(connection.registry()).register(t);
            return 6;
        } catch (final IOException | RestClientException e) {
            throw new IllegalStateException(e);
        }
    }
}
