package dev.driftless.streams.topology;

/** Names of the operators and stores. Stores and their changelogs are found by name: a new name is a new, empty store. */
final class Names {
    static final String USAGE_EVENTS_SOURCE = "usage-events-source";
    static final String USAGE_REROUTED_SOURCE = "usage-rerouted-source";
    static final String FEATURE_CATALOG_SOURCE = "feature-catalog-source";

    static final String SUBSCRIPTIONS_SOURCE = "subscriptions-source";

    static final String LOAD_SUBSCRIPTIONS = "load-subscriptions";
    static final String LOAD_CATALOG = "load-catalog";
    static final String ADMIT = "admit";
    static final String DEDUPLICATE = "deduplicate";
    static final String VALIDATE = "validate";
    static final String AGGREGATE = "aggregate";
    static final String EMIT = "emit";
    static final String SETTLE = "settle";

    static final String USAGE_REROUTED_SINK = "usage-rerouted-sink";
    static final String BILLING_USAGE_SINK = "billing-usage-sink";
    static final String USAGE_REJECTED_SINK = "usage-rejected-sink";
    static final String TICK_SINK = "tick-sink";

    static final String CATALOG_STORE = "feature-catalog-store";
    static final String DEDUP_STORE = "usage-dedup";
    static final String AGGREGATE_STORE = "usage-aggregates";
    static final String PENDING_STORE = "usage-pending";
    static final String DEADLINE_STORE = "usage-deadlines";
    static final String DISTINCT_STORE = "usage-distinct-values";
    static final String SUBSCRIPTION_STORE = "subscription-store";

    private Names() {}
}
