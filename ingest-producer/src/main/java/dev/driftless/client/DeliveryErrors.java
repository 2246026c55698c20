package dev.driftless.client;

import org.apache.kafka.clients.producer.BufferExhaustedException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Says in this package's types what the producer says in its own. */
final class DeliveryErrors {
    private DeliveryErrors() {}

    /**
     * @param clientClosed whether the client was closed by the time of the error; the producer's errors about its own
     *     end are not {@link ApiException}s
     */
    static UsageNotSentException of(final Usage usage, final Exception error, final boolean clientClosed) {
        if (error instanceof BufferExhaustedException) {
            return new BufferFullException(usage, "the producer's memory is full: " + error.getMessage());
        }
        if (error instanceof RecordTooLargeException) {
            return new UsageTooLargeException(usage, "it is too large: " + error.getMessage(), error);
        }
        if (error instanceof InterruptException) {
            return new TrackInterruptedException(usage, "interrupted while waiting for the producer");
        }
        if (clientClosed && !(error instanceof ApiException)) {
            return new ClientClosedException(usage, "the client was closed before the brokers answered", error);
        }
        return new DeliveryFailedException(usage, "the brokers did not confirm it: " + error, error);
    }
}
