package dev.driftless.bench.run;

import dev.driftless.bench.traffic.Workload;
import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.ApplicationSpec;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.schemas.Topics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** One run of a case over all events that are in the topic, in a process of its own. */
final class CaseRun {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** From here on the code is compiled, more or less. */
    private static final double WARM = 1 / 3d;

    private static final double MILLION = 1e6;

    private final EmbeddedStack stack;
    private final ConnectionOptions connection;
    private final Admin admin;
    private final Offsets offsets;
    private final Workload workload;
    private final int partitions;
    private final Case measured;
    private final RunTopics topics;
    private final List<String> jvmOptions;
    private final Premarks premarks;

    CaseRun(
            final EmbeddedStack stack,
            final ConnectionOptions connection,
            final Admin admin,
            final Workload workload,
            final int partitions,
            final Case measured,
            final RunTopics topics,
            final List<String> jvmOptions,
            final Premarks premarks) {
        this.stack = stack;
        this.connection = connection;
        this.admin = admin;
        this.offsets = new Offsets(admin);
        this.workload = workload;
        this.partitions = partitions;
        this.measured = measured;
        this.topics = topics;
        this.jvmOptions = jvmOptions;
        this.premarks = premarks;
    }

    /**
     * Runs it and gives what it took.
     *
     * @throws CliException if it stops, gets nowhere, or does not agree with the recount
     */
    Measurement run() {
        prepare();
        final long bytesBefore = offsets.bytes(topic -> true);
        final double brokerCpuBefore = brokerCpuSeconds();
        final ApplicationSpec spec = spec();
        final List<Sample> samples;
        final Optional<Double> peakMemory;
        final Optional<Long> keys;
        final double brokerCpu;
        try (Application application = stack.launchApplication(spec)) {
            samples = follow(application);
            brokerCpu = brokerCpuSeconds() - brokerCpuBefore;
            peakMemory = Processes.peakMemory(application.pid());
            keys = measured.isDriftless() ? Optional.of(verify(application)) : Optional.empty();
        }
        final long bytes = offsets.bytes(topic -> true) - bytesBefore;
        final Optional<Double> changelog = keys.map(counted -> (double) changelogBytes() / (counted + premarks.keys()));
        final Optional<Double> state =
                keys.map(counted -> (double) dedupBytes(stack.stateDirectory(spec)) / (counted + premarks.keys()));
        cleanUp(stack.stateDirectory(spec));
        return measurement(samples, brokerCpu, peakMemory, bytes, state, changelog);
    }

    private Measurement measurement(
            final List<Sample> samples,
            final double brokerCpu,
            final Optional<Double> peakMemory,
            final long bytes,
            final Optional<Double> state,
            final Optional<Double> changelog) {
        final Sample begin = samples.get(0);
        final Sample end = samples.get(samples.size() - 1);
        final Sample warm = samples.stream()
                .filter(sample -> sample.events() >= WARM * workload.events())
                .findFirst()
                .orElseThrow();
        return new Measurement(
                measured.name(),
                workload.events(),
                end.secondsSince(begin),
                end.eventsPerSecondSince(begin),
                warm.events() == end.events() ? Double.NaN : end.eventsPerSecondSince(warm),
                end.cpuPerMillionSince(begin),
                warm.events() == end.events() ? Double.NaN : end.cpuPerMillionSince(warm),
                brokerCpu / workload.events() * MILLION,
                peakMemory,
                (double) bytes / workload.events(),
                state,
                changelog);
    }

    private void prepare() {
        if (measured.isDriftless()) {
            premarks.write(connection, admin, topics.dedupChangelog());
        } else {
            ConnectionOptions.await(
                    admin.createTopics(List.of(new NewTopic(topics.billingUsage(), partitions, (short) 1)))
                            .all(),
                    "create topic " + topics.billingUsage());
        }
    }

    private ApplicationSpec spec() {
        ApplicationSpec spec = ApplicationSpec.named(topics.application())
                .with("application-id", topics.application())
                .with("topics.billing-usage", topics.billingUsage())
                .withJvmOptions(jvmOptions);
        if (measured.isDriftless()) {
            spec = spec.with("provision", "apply")
                    .with("topics.usage-rejected", topics.usageRejected())
                    .with("topics.usage-rerouted", topics.usageRerouted());
        } else {
            spec = spec.running(measured.rival().orElseThrow())
                    .with("commit-interval-ms", "500")
                    .with("stream-threads", "1");
        }
        for (final var setting : measured.settings().entrySet()) {
            spec = spec.with(setting.getKey(), setting.getValue());
        }
        return spec;
    }

    /** Looks at it until all is committed. The first sample is of the last moment before the first commit. */
    private List<Sample> follow(final Application application) {
        final List<Sample> samples = new ArrayList<>();
        final long start = System.nanoTime();
        long lastProgress = start;
        Sample last = new Sample(start, 0, 0);
        samples.add(last);
        while (last.events() < workload.events()) {
            requireAlive(application);
            if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                throw new CliException("case " + measured.name() + " has committed " + last.events() + " of "
                        + workload.events() + " events and gets nowhere; " + application.logTail());
            }
            pause();
            final Sample now = new Sample(
                    System.nanoTime(),
                    offsets.committed(topics.application(), Topics.DEFAULT.usageEvents()),
                    cpuSeconds(application));
            if (now.events() > last.events()) {
                samples.add(now);
                lastProgress = now.nanos();
                last = now;
            } else if (last.events() == 0) {
                // Restoring premarked keys is not part of it.
                samples.set(0, premarks.keys() == 0 ? samples.get(0) : now);
            }
        }
        return samples;
    }

    private double cpuSeconds(final Application application) {
        return Processes.cpuSeconds(application.pid()).orElseGet(() -> {
            requireAlive(application);
            return 0.0;
        });
    }

    private void requireAlive(final Application application) {
        if (!application.isAlive()) {
            throw new CliException("case " + measured.name() + " has stopped; " + application.logTail());
        }
    }

    private double brokerCpuSeconds() {
        return Processes.cpuSeconds(stack.brokerPid()).orElse(Double.NaN);
    }

    private long verify(final Application application) {
        new Verification(connection, topics, workload, measured).requireAgreement(stack, application);
        return ReportedAccount.ask(List.of(application.ops()))
                .orElseThrow(() -> new CliException("case " + measured.name() + " does not say its account"))
                .total()
                .counted();
    }

    private long changelogBytes() {
        return offsets.bytes(topics.dedupChangelog()::equals);
    }

    private static long dedupBytes(final Path state) {
        try (Stream<Path> files = Files.walk(state)) {
            return files.filter(file -> file.toString().contains("usage-dedup") && Files.isRegularFile(file))
                    .filter(file -> file.getFileName().toString().endsWith(".sst"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (final IOException failure) {
            throw new UncheckedIOException("state in " + state, failure);
        }
    }

    private void cleanUp(final Path state) {
        topics.delete(admin);
        try (Stream<Path> files = Files.walk(state)) {
            files.sorted(java.util.Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (final IOException failure) {
            throw new UncheckedIOException("state in " + state, failure);
        }
    }

    private static void pause() {
        try {
            Thread.sleep(BETWEEN_LOOKS.toMillis());
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new CliException("interrupted", interrupt);
        }
    }
}
