package dev.driftless.gateway.event;

import java.util.Locale;

/** Why a request or one event of it was not taken. */
public enum ErrorCode {
    VALIDATION_ERROR(400, "A field breaks its rule"),
    FEATURE_NOT_IN_EFFECT(400, "The feature was not in effect at that time"),
    UNAUTHORIZED(401, "A valid API key is needed"),
    FORBIDDEN(403, "The API key is not for this"),
    FEATURE_NOT_FOUND(404, "The feature is not in the catalog"),
    NOT_FOUND(404, "There is nothing at this address"),
    METHOD_NOT_ALLOWED(405, "This address does not take this method"),
    REQUEST_TIMEOUT(408, "The request came in too slowly"),
    IDEMPOTENCY_CONFLICT(409, "The idempotency key is used twice with different content"),
    PAYLOAD_TOO_LARGE(413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE(415, "The body has a form that is not read here"),
    RATE_LIMITED(429, "As many events are on their way as may be"),
    INTERNAL_ERROR(500, "The gateway failed"),
    UNAVAILABLE(503, "Not every event is known to be held");

    private final int status;
    private final String title;

    ErrorCode(final int status, final String title) {
        this.status = status;
        this.title = title;
    }

    /** The HTTP status that says it. */
    public int status() {
        return status;
    }

    /** What it means, the same for each occurrence. */
    public String title() {
        return title;
    }

    /** Its name in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
