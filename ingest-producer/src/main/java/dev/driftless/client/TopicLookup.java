package dev.driftless.client;

import dev.driftless.client.UsageClientStartException.Reason;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Makes sure that there is a topic to send to before the first event is taken. */
final class TopicLookup {
    private TopicLookup() {}

    /**
     * Asks with an admin client: a producer that asks for a topic makes brokers with {@code auto.create.topics.enable}
     * create it, with settings that break what the pipeline promises.
     *
     * @throws UsageClientStartException if the topic does not exist or the brokers do not answer
     */
    static void requireTopic(final UsageClientConfig config, final Map<String, Object> adminProperties) {
        try (Admin admin = Admin.create(adminProperties)) {
            admin.describeTopics(List.of(config.topic())).allTopicNames().get();
        } catch (final ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                throw new UsageClientStartException(
                        Reason.TOPIC_MISSING,
                        "Topic '" + config.topic() + "' does not exist on " + config.bootstrapServers()
                                + "; create it with: ./driftless topics apply",
                        e);
            }
            throw unavailable(config, e.getCause());
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unavailable(config, e);
        }
    }

    /** Lets the producer learn where the partitions are, so that the first {@code track} need not wait for it. */
    static void prepare(final Producer<byte[], byte[]> producer, final UsageClientConfig config) {
        final Deadline deadline = Deadline.after(config.startTimeout());
        while (true) {
            try {
                producer.partitionsFor(config.topic());
                return;
            } catch (final TimeoutException e) {
                if (deadline.hasPassed()) {
                    throw unavailable(config, e);
                }
            } catch (final KafkaException e) {
                throw unavailable(config, e);
            }
        }
    }

    private static UsageClientStartException unavailable(final UsageClientConfig config, final Throwable cause) {
        return new UsageClientStartException(
                Reason.BROKERS_UNAVAILABLE,
                "Brokers " + config.bootstrapServers() + " do not tell where topic '" + config.topic() + "' is: "
                        + cause,
                cause);
    }
}
