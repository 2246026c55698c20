package dev.driftless.cli.demo;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.catalog.CatalogFile;
import dev.driftless.cli.catalog.CatalogPlan;
import dev.driftless.cli.catalog.CatalogTopic;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.Topics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The demo's features: those of the sample file, and one on trial until yesterday. */
final class DemoCatalog {
    private DemoCatalog() {}

    /** Publishes the features, and gives their number. */
    static int apply(final ConnectionOptions connection, final BetaFeature beta) {
        final CatalogFile sample = sample();
        if (!sample.problems().isEmpty()) {
            throw new IllegalStateException("the sample catalog: " + sample.problems());
        }
        final List<FeatureDefinition> features = new ArrayList<>(sample.features());
        features.add(beta.definition());
        final CatalogPlan plan = new CatalogTopic(Topics.DEFAULT.featureCatalog(), connection)
                .apply(catalog -> CatalogPlan.of(features, catalog, false));
        if (!plan.problems().isEmpty()) {
            throw new CliException("the sample catalog cannot be applied: " + plan.problems());
        }
        return features.size();
    }

    static CatalogFile sample() {
        try (InputStream file = DemoCatalog.class.getResourceAsStream("catalog.yaml")) {
            return CatalogFile.parse(new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (final IOException unreadable) {
            throw new IllegalStateException("the sample catalog cannot be read", unreadable);
        }
    }
}
