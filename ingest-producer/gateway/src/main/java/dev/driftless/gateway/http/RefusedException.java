package dev.driftless.gateway.http;

import dev.driftless.gateway.event.Refusal;
import java.time.Duration;
import java.util.Optional;

/** A request is not taken; ends its reading. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Refusal refusal;
    private final transient Optional<Duration> wait;

    RefusedException(final Refusal refusal) {
        this(refusal, Optional.empty());
    }

    /** A request that may be taken later. */
    RefusedException(final Refusal refusal, final Duration wait) {
        this(refusal, Optional.of(wait));
    }

    private RefusedException(final Refusal refusal, final Optional<Duration> wait) {
        super(refusal.message(), null, false, false);
        this.refusal = refusal;
        this.wait = wait;
    }

    /** The answer: with the time after which to try again, where that is known. */
    Reply reply(final Dialect dialect) {
        final Reply reply = dialect.refused(refusal);
        return wait.map(reply::retryAfter).orElse(reply);
    }

    Refusal refusal() {
        return refusal;
    }
}
