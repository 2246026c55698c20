package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The whole pipeline on this machine: a Kafka broker, a schema registry, any number of instances of the streams
 * application, and HTTP gateways, each in a process of its own and reachable from this machine only.
 *
 * <p>What they keep, logs included, is under one data directory; a later stack on the same directory goes on from it.
 * No process outlives the one that started it, however that ends. Methods may be called by several threads.
 */
public final class EmbeddedStack implements AutoCloseable {
    private final DataDirectory data;
    private final int kafkaPort;
    private final int registryPort;
    private final boolean isTemporary;
    private final Tuning tuning;
    private final Http http = new Http();
    private Optional<ChildProcess> registry = Optional.empty();
    private final Deque<ChildProcess> services = new ArrayDeque<>();
    private final List<Application> applications = new ArrayList<>();
    private final Thread shutdownHook = new Thread(this::stopAll, "stack-shutdown-hook");

    private EmbeddedStack(final DataDirectory data, final int kafkaPort, final int registryPort, final Builder wanted) {
        this.data = requireNonNull(data);
        this.kafkaPort = kafkaPort;
        this.registryPort = registryPort;
        this.isTemporary = wanted.isTemporary();
        this.tuning = wanted.tuning();
    }

    /** A stack on free ports; the data directory must be given. */
    public static Builder builder() {
        return new Builder(Optional.empty(), Ports.ANY, Ports.ANY, false, Tuning.LONG_RUN, part -> {});
    }

    /** How to reach the broker. */
    public String bootstrapServers() {
        return Ports.LOOPBACK + ":" + kafkaPort;
    }

    /** Base of the registry's Confluent API. */
    public URI schemaRegistryUrl() {
        return Registry.confluentApi(registryPort);
    }

    /** Process id of the broker. */
    public synchronized long brokerPid() {
        return services.getFirst().pid();
    }

    /** Where an instance of the application keeps its state. */
    public Path stateDirectory(final ApplicationSpec spec) {
        return Application.stateDirectory(spec, data);
    }

    /** Where data and logs are. */
    public Path dataDirectory() {
        return data.root();
    }

    /**
     * Starts an instance of the application and waits until it is ready.
     *
     * @throws StackException if its port is taken, or with the end of its log if it does not come up
     */
    public Application startApplication(final ApplicationSpec spec) {
        final Application application = launchApplication(spec);
        application.awaitReady(http);
        return application;
    }

    /** Starts an instance of the application and does not wait; {@link #awaitReady} does. */
    public synchronized Application launchApplication(final ApplicationSpec spec) {
        final Application application = Application.start(spec, tuning, data, bootstrapServers(), schemaRegistryUrl());
        applications.add(application);
        return application;
    }

    /**
     * Starts an HTTP gateway and waits until it is ready.
     *
     * @param port its port; 0 for any that is free
     * @param keys file with the API keys it accepts; any key is accepted without one
     * @throws StackException if its port is taken, or with the end of its log if it does not come up
     */
    public HttpGateway startGateway(final int port, final Optional<Path> keys) {
        final HttpGateway gateway = HttpGateway.launch(this, tuning, port, keys);
        gateway.awaitReady(http);
        return gateway;
    }

    /**
     * Waits until an instance is ready.
     *
     * @throws StackException with the end of its log if it does not get ready
     */
    public void awaitReady(final Application application) {
        application.awaitReady(http);
    }

    /** Says which process has ended though nobody asked for it, with the end of its log. */
    public synchronized Optional<String> failure() {
        return services.stream()
                .filter(ChildProcess::hasFailed)
                .map(service -> "the " + service.name() + " has stopped; " + service.logTail())
                .findFirst()
                .or(() -> applications.stream()
                        .filter(Application::hasFailed)
                        .map(application ->
                                "application " + application.spec().name() + " has stopped; " + application.logTail())
                        .findFirst());
    }

    /** Stops everything in the order opposite to that of its start. Safe to repeat. */
    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(shutdownHook);
        } catch (final IllegalStateException alreadyShuttingDown) {
            // The hook does the same; stopping twice is harmless.
        }
        stopAll();
    }

    private synchronized void stopAll() {
        applications.parallelStream().forEach(Application::close);
        services.descendingIterator().forEachRemaining(ChildProcess::close);
        data.close();
        if (isTemporary) {
            data.delete();
        }
    }

    /** Stops the schema registry as an operator would. Safe to repeat. */
    public synchronized void stopRegistry() {
        registry.ifPresent(ChildProcess::close);
    }

    /**
     * Starts the schema registry again, on its port and with its schemas, and waits until it answers.
     *
     * @throws StackException with the end of its log if it does not come up
     */
    public void startRegistry() {
        stopRegistry();
        awaitRegistry(launchRegistry());
    }

    private synchronized ChildProcess launchRegistry() {
        registry.ifPresent(services::remove);
        final ChildProcess launched = launch(Registry.spec(data, registryPort, bootstrapServers()));
        registry = Optional.of(launched);
        return launched;
    }

    private void awaitRegistry(final ChildProcess launched) {
        launched.awaitAnswer(() -> Registry.answers(http, registryPort), Registry.PATIENCE);
    }

    DataDirectory data() {
        return data;
    }

    synchronized ChildProcess launch(final ChildSpec spec) {
        final ChildProcess process = ChildProcess.start(spec);
        services.add(process);
        return process;
    }

    private void start(final int controllerPort, final Consumer<String> progress) {
        Runtime.getRuntime().addShutdownHook(shutdownHook);
        try {
            progress.accept("Kafka on " + bootstrapServers() + ", schema registry on " + schemaRegistryUrl());
            final ChildProcess broker = launch(Broker.spec(data, tuning, kafkaPort, controllerPort));
            // Not after the broker: the registry takes as long to start, and then waits for it.
            final ChildProcess launched = launchRegistry();
            broker.awaitAnswer(() -> Broker.answers(kafkaPort), Broker.PATIENCE);
            awaitRegistry(launched);
        } catch (final RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /**
     * What a stack is to be like. Immutable: each method gives another one.
     *
     * @param dataDirectory where data and logs go
     * @param kafkaPort port of the broker
     * @param registryPort port of the registry
     * @param isTemporary whether the data directory is deleted at the end
     * @param tuning for which length of run
     * @param listener told what is being started
     */
    public record Builder(
            Optional<Path> dataDirectory,
            int kafkaPort,
            int registryPort,
            boolean isTemporary,
            Tuning tuning,
            Consumer<String> listener) {

        public Builder {
            requireNonNull(tuning);
            requireNonNull(dataDirectory);
            requireNonNull(listener);
        }

        /** Where data and logs go; created where absent, otherwise taken up. */
        public Builder dataDirectory(final Path directory) {
            return new Builder(Optional.of(directory), kafkaPort, registryPort, isTemporary, tuning, listener);
        }

        /** Port of the broker; 0, the default, for any that is free. */
        public Builder kafkaPort(final int port) {
            return new Builder(dataDirectory, port, registryPort, isTemporary, tuning, listener);
        }

        /** Port of the registry; 0, the default, for any that is free. */
        public Builder registryPort(final int port) {
            return new Builder(dataDirectory, kafkaPort, port, isTemporary, tuning, listener);
        }

        /** Deletes the data directory when the stack is closed. */
        public Builder temporary() {
            return new Builder(dataDirectory, kafkaPort, registryPort, true, tuning, listener);
        }

        /** For which length of run its processes are tuned; a long one unless set. */
        public Builder tuning(final Tuning length) {
            return new Builder(dataDirectory, kafkaPort, registryPort, isTemporary, length, listener);
        }

        /** Told what is being started, before it is. */
        public Builder progress(final Consumer<String> told) {
            return new Builder(dataDirectory, kafkaPort, registryPort, isTemporary, tuning, told);
        }

        /**
         * Starts the broker and the registry and waits until both answer.
         *
         * @throws StackException if a port is taken, the directory is in use, or, with the end of its log, if one of
         *     them does not come up
         */
        public EmbeddedStack start() {
            final DataDirectory data = DataDirectory.open(
                    dataDirectory.orElseThrow(() -> new IllegalStateException("no data directory given")));
            try {
                final int kafka = Ports.claim(kafkaPort, "broker", "--kafka-port");
                final int registry = Ports.claim(registryPort, "schema registry", "--registry-port");
                final int controller = Ports.claim(Ports.ANY, "controller", "");
                final EmbeddedStack stack = new EmbeddedStack(data, kafka, registry, this);
                stack.start(controller, listener);
                return stack;
            } catch (final RuntimeException failure) {
                data.close();
                throw failure;
            }
        }
    }
}
