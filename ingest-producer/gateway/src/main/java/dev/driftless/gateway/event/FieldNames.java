package dev.driftless.gateway.event;

/**
 * How the fields of an event are called in a certain body, for errors that its sender understands.
 */
record FieldNames(String customer, String feature, String value, String key, String time, String properties) {
    /** The name in the body for a name in the schema; a map entry keeps its brackets. */
    String of(final String schemaName) {
        return switch (schemaName) {
            case "customerId" -> customer;
            case "feature" -> feature;
            case "value" -> value;
            case "idempotencyKey" -> key;
            case "occurredAt" -> time;
            default -> schemaName.replaceFirst("^properties", properties);
        };
    }

    /** What helps where a rule of the schema is broken. */
    static String advice(final String schemaName) {
        return switch (schemaName) {
            case "customerId" -> "send the id under which the customer is billed";
            case "feature" -> "send the feature's code as it stands in the catalog, for instance api_calls";
            case "value" -> "send a number, or a text like \"12.5\", already rounded as you bill it";
            case "idempotencyKey" -> "send what the event is known by, for instance the id of the request";
            case "occurredAt" -> "send a time with offset, for instance 2026-11-22T10:15:30Z";
            default -> "send fewer, shorter or cleaner properties";
        };
    }
}
