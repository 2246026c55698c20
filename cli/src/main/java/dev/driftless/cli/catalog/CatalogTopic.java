package dev.driftless.cli.catalog;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.table.CompactedTable;
import dev.driftless.cli.table.Rows;
import dev.driftless.cli.table.TableSpec;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.rules.Violation;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The catalog as it is in Kafka. */
public final class CatalogTopic {
    private final CompactedTable<FeatureDefinition> table;

    /**
     * The catalog in a topic.
     *
     * @param topic name of the topic
     * @param connection where it is
     */
    public CatalogTopic(final String topic, final ConnectionOptions connection) {
        this.table = new CompactedTable<>(
                new TableSpec<>("catalog", topic, FeatureDefinition.class, false, CatalogTopic::refusal), connection);
    }

    /**
     * Reads the whole catalog, by code.
     *
     * @throws CliException if it cannot be read, or has a row that can't be used
     */
    public Map<String, FeatureDefinition> read() {
        return usable(table.read());
    }

    /**
     * Publishes what a plan changes, all of it or nothing.
     *
     * <p>The plan is made on the catalog as it is once no other process can change it by this method.
     *
     * @param planner makes the plan
     * @return the plan, carried out unless it has problems
     * @throws CliException if it cannot be published, for instance because another process is doing the same
     */
    public CatalogPlan apply(final Function<Map<String, FeatureDefinition>, CatalogPlan> planner) {
        return table.apply(rows -> planner.apply(usable(rows)));
    }

    private static Optional<String> refusal(final String key, final FeatureDefinition definition) {
        return definition.getCode().equals(key)
                ? Optional.empty()
                : Optional.of("its key must be its code '" + Violation.shown(definition.getCode()) + "'");
    }

    /** Without such a row a feature is unknown to the application; to overwrite it blindly would lose its history. */
    private static Map<String, FeatureDefinition> usable(final Rows<FeatureDefinition> rows) {
        if (!rows.unusable().isEmpty()) {
            throw new CliException("the catalog has rows that the application can't use; a null value under their key"
                    + " takes them away:"
                    + rows.unusable().stream()
                            .map(row -> "\n  " + row.problem())
                            .collect(Collectors.joining()));
        }
        return rows.byKey();
    }
}
