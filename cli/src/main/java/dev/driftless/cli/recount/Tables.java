package dev.driftless.cli.recount;

import java.util.Optional;

/** What a recount judges by, as it is published, and how it reads. */
record Tables(
        RecountSettings settings,
        RegistrySchemas schemas,
        FeatureTable features,
        SubscriptionTable subscriptions,
        AvroValues events) {
    static Tables read(final RecountSettings settings) {
        final RegistrySchemas schemas = new RegistrySchemas(settings.schemaRegistryUrl());
        return new Tables(
                settings,
                schemas,
                FeatureTable.read(settings, schemas),
                SubscriptionTable.read(settings, schemas),
                new AvroValues(schemas.latest(settings.usageEvents() + "-value"), schemas::byId));
    }

    Optional<RawEvent> event(final byte[] value) {
        return events.read(value).map(RawEvent::of);
    }

    /** A recounter on a shelf, or in memory. */
    Counting counting(final Shelf shelf, final int partitions, final Outcomes outcomes) {
        final AggregateTable aggregates = new AggregateTable(subscriptions, settings.closing(), shelf, features);
        final Judge judge = new Judge(features, aggregates, settings.window(), shelf);
        return new Counting(new Recounter(this::event, aggregates, judge, partitions, outcomes), aggregates, judge);
    }

    /** A recounter and its state. */
    record Counting(Recounter recounter, AggregateTable aggregates, Judge judge) {
        void flush() {
            aggregates.flush();
            judge.flush();
        }
    }
}
