package dev.driftless.bench.run;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.ConnectionOptions;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;

/**
 * Names of one run, so that each run has topics and state of its own.
 *
 * @param application its application id
 */
record RunTopics(String application) {
    RunTopics {
        requireNonNull(application);
    }

    String billingUsage() {
        return application + ".billing-usage";
    }

    String usageRejected() {
        return application + ".usage-rejected";
    }

    String usageRerouted() {
        return application + ".usage-rerouted";
    }

    /** As Kafka Streams names it. */
    String dedupChangelog() {
        return application + "-usage-dedup-changelog";
    }

    /** Deletes all of them. */
    void delete(final Admin admin) {
        final List<String> ours = ConnectionOptions.await(admin.listTopics().names(), "list topics").stream()
                .filter(topic -> topic.startsWith(application + ".") || topic.startsWith(application + "-"))
                .toList();
        ConnectionOptions.await(admin.deleteTopics(ours).all(), "delete topics");
    }
}
