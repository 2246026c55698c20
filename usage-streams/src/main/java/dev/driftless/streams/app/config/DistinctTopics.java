package dev.driftless.streams.app.config;

import dev.driftless.schemas.Topics;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** That no topic serves two purposes. */
final class DistinctTopics {
    private DistinctTopics() {}

    /** @throws IllegalArgumentException naming a topic that is used twice */
    static Topics require(final Topics topics) {
        final Set<String> names = new HashSet<>();
        List.of(
                        topics.usageEvents(),
                        topics.usageRerouted(),
                        topics.featureCatalog(),
                        topics.subscriptions(),
                        topics.billingUsage(),
                        topics.usageRejected())
                .forEach(name -> {
                    if (!names.add(name)) {
                        throw new IllegalArgumentException(
                                "each must be a topic of its own, and '" + name + "' is used twice");
                    }
                });
        return topics;
    }
}
