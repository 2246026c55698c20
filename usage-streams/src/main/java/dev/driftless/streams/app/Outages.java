package dev.driftless.streams.app;

import dev.driftless.streams.topology.decode.SchemaRegistryUnavailableException;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.streams.errors.LockException;
import org.apache.kafka.streams.errors.ProcessorStateException;

/**
 * Tells an outage, after which the same work can be done again, from everything else: a bug, a refusal, or state that
 * cannot be read, which a repetition would only meet again.
 */
final class Outages {
    private static final int MOST_CAUSES = 50;
    private static final int SERVER_ERROR = 500;
    private static final Set<Integer> LATER_STATUSES = Set.of(408, 429);

    private static final List<Class<? extends IOException>> NETWORK = List.of(
            SocketException.class, SocketTimeoutException.class, UnknownHostException.class, SSLException.class);

    private Outages() {}

    /** Whether a failure is an outage, by its chain of causes. */
    static boolean isOutage(final Throwable failure) {
        final List<Throwable> causes = causes(failure);
        if (causes.stream().anyMatch(ProcessorStateException.class::isInstance)) {
            return false;
        }
        return causes.stream().anyMatch(cause -> isOutageItself(cause) || isRegistryUnreachable(cause));
    }

    /** Whether a failure is the outage of the schema registry. */
    static boolean isOfTheRegistry(final Throwable failure) {
        return isOutage(failure)
                && causes(failure).stream()
                        .anyMatch(cause -> cause instanceof SchemaRegistryUnavailableException
                                || isRegistryUnreachable(cause)
                                || cause instanceof RestClientException);
    }

    /** Whether a failure at the start may be over when all brokers are up. */
    static boolean isOutageAtStart(final Throwable failure) {
        return isOutage(failure)
                || causes(failure).stream()
                        .anyMatch(cause -> cause instanceof InvalidReplicationFactorException || isUnresolved(cause));
    }

    private static boolean isOutageItself(final Throwable cause) {
        return cause instanceof RetriableException
                || cause instanceof LockException
                || NETWORK.stream().anyMatch(type -> type.isInstance(cause))
                || (cause instanceof RestClientException answer && isLater(answer.getStatus()));
    }

    /** A serializer or a decoder that could not ask the registry. */
    private static boolean isRegistryUnreachable(final Throwable cause) {
        return (cause instanceof SerializationException || cause instanceof SchemaRegistryUnavailableException)
                && cause.getCause() instanceof IOException;
    }

    /** How Kafka's clients say that no name of a broker can be resolved. */
    private static boolean isUnresolved(final Throwable cause) {
        return cause instanceof org.apache.kafka.common.config.ConfigException
                && String.valueOf(cause.getMessage()).contains("No resolvable bootstrap urls");
    }

    private static boolean isLater(final int status) {
        return status >= SERVER_ERROR || LATER_STATUSES.contains(status);
    }

    private static List<Throwable> causes(final Throwable failure) {
        return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
                .limit(MOST_CAUSES)
                .toList();
    }
}
