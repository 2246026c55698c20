package dev.driftless.bench.run;

import dev.driftless.bench.traffic.MarkedKeys;
import dev.driftless.cli.ConnectionOptions;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/**
 * Keys that are marked before a run begins. They are written to the changelog of the dedup store, from which the
 * application restores them.
 *
 * @param keys how many
 * @param partitions of the usage events
 */
record Premarks(long keys, int partitions) {

    /** Creates the changelog and writes the marks; nothing for no keys. */
    void write(final ConnectionOptions connection, final Admin admin, final String changelog) {
        if (keys == 0) {
            return;
        }
        final NewTopic topic = new NewTopic(changelog, partitions, (short) 1)
                .configs(Map.of(
                        "cleanup.policy", "compact,delete",
                        "message.timestamp.type", "LogAppendTime",
                        "retention.ms", "-1"));
        ConnectionOptions.await(admin.createTopics(List.of(topic)).all(), "create topic " + changelog);
        MarkedKeys.publish(connection, changelog, keys, partitions);
    }
}
