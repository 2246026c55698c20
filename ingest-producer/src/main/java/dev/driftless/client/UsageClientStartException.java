package dev.driftless.client;

import static java.util.Objects.requireNonNull;

/** A client could not be created; nothing of it is left running. */
public final class UsageClientStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Why a client could not be created. */
    public enum Reason {
        /** The registry answers and does not have the schema that this client writes. */
        SCHEMA_NOT_REGISTERED,
        /** The registry does not answer, or refuses. */
        SCHEMA_REGISTRY_UNAVAILABLE,
        /** The brokers answer and do not have the topic. */
        TOPIC_MISSING,
        /** The brokers do not answer, or refuse. */
        BROKERS_UNAVAILABLE,
        /** The producer does not accept its settings. */
        SETTINGS_REFUSED
    }

    private final Reason reason;

    UsageClientStartException(final Reason reason, final String message, final Throwable cause) {
        super(message, cause);
        this.reason = requireNonNull(reason);
    }

    static UsageClientStartException settingsRefused(final Exception refusal) {
        return new UsageClientStartException(
                Reason.SETTINGS_REFUSED,
                "The Kafka client does not accept its settings: " + rootMessage(refusal),
                refusal);
    }

    private static String rootMessage(final Throwable error) {
        return error.getCause() == null ? String.valueOf(error.getMessage()) : rootMessage(error.getCause());
    }

    /** Why the client could not be created. */
    public Reason reason() {
        return reason;
    }
}
