package dev.driftless.bench.run;

import dev.driftless.bench.traffic.Loading;
import dev.driftless.bench.traffic.Workload;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.cli.topics.Provisioning;
import dev.driftless.schemas.Topics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.Admin;

/** Rounds of all cases over the same events, one case after the other, so that each round meets the same machine. */
public final class Benchmark {
    private final EmbeddedStack stack;
    private final Workload workload;
    private final Plan plan;
    private final Consumer<String> progress;

    public Benchmark(
            final EmbeddedStack stack, final Workload workload, final Plan plan, final Consumer<String> progress) {
        this.stack = stack;
        this.workload = workload;
        this.plan = plan;
        this.progress = progress;
    }

    /**
     * What is to be run.
     *
     * @param cases in their order
     * @param rounds how often
     * @param keys how many keys are marked before each run
     * @param jvmOptions of the measured processes, beside what all have
     */
    public record Plan(List<Case> cases, int rounds, long keys, List<String> jvmOptions) {
        public Plan {
            cases = List.copyOf(cases);
            jvmOptions = List.copyOf(jvmOptions);
        }
    }

    /** Runs it; one list for each round. */
    public List<List<Measurement>> run() {
        final ConnectionOptions connection = new ConnectionOptions(
                stack.bootstrapServers(), stack.schemaRegistryUrl().toString());
        final int partitions = Provisioning.withDefaults(connection).applyOrFail();
        Loading.catalog(connection);
        progress.accept(String.format(Locale.ROOT, "publishing %,d events", workload.events()));
        Loading.events(connection, workload);
        final List<List<Measurement>> rounds = new ArrayList<>();
        try (Admin admin = connection.admin()) {
            requireAll(admin, partitions);
            for (int round = 1; round <= plan.rounds(); round++) {
                rounds.add(round(round, connection, admin, partitions));
            }
        }
        return rounds;
    }

    private void requireAll(final Admin admin, final int partitions) {
        final long held = new Offsets(admin).records(Topics.DEFAULT.usageEvents(), partitions);
        if (held != workload.events()) {
            throw new IllegalStateException("the topic holds " + held + " records, not " + workload.events());
        }
    }

    private List<Measurement> round(
            final int round, final ConnectionOptions connection, final Admin admin, final int partitions) {
        final List<Measurement> measurements = new ArrayList<>();
        for (final Case measured : plan.cases()) {
            final RunTopics topics = new RunTopics("bench-" + measured.name() + "-" + round);
            final Measurement measurement = new CaseRun(
                            stack,
                            connection,
                            admin,
                            workload,
                            partitions,
                            measured,
                            topics,
                            plan.jvmOptions(),
                            new Premarks(plan.keys(), partitions))
                    .run();
            progress.accept(String.format(
                    Locale.ROOT,
                    "round %d, %s: %,.0f events/s, %.1f CPU seconds per million",
                    round,
                    measured.name(),
                    measurement.wholePerSecond(),
                    measurement.wholeCpuPerMillion()));
            measurements.add(measurement);
        }
        return measurements;
    }
}
