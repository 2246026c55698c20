package dev.driftless.gateway.catalog;

import static java.util.Objects.requireNonNull;

import dev.driftless.schemas.FeatureDefinition;

/** What is known of the features at a moment. Safe for use by several threads. */
@FunctionalInterface
public interface CatalogView {
    /** What is known of a code. */
    Entry find(String code);

    /** A row of the catalog, or what there is instead of one. */
    sealed interface Entry permits Known, Absence {}

    /** The catalog has the feature. */
    record Known(FeatureDefinition definition) implements Entry {
        public Known {
            requireNonNull(definition);
        }
    }

    /** The catalog has no definition to go by. */
    enum Absence implements Entry {
        /** There is no such feature. */
        UNKNOWN,
        /** There is a row for it that cannot be read here; the streams application decides. */
        UNREADABLE
    }
}
