package dev.driftless.bench.run;

import dev.driftless.bench.traffic.Workload;
import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.Recount;
import dev.driftless.cli.recount.RecountSettings;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.schemas.Topics;
import java.time.Duration;
import java.util.List;

/** Holds a run of Driftless against the independent recount. A run that does not balance is a failure, however fast. */
final class Verification {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ConnectionOptions connection;
    private final RunTopics topics;
    private final Workload workload;
    private final Case measured;

    Verification(
            final ConnectionOptions connection, final RunTopics topics, final Workload workload, final Case measured) {
        this.connection = connection;
        this.topics = topics;
        this.workload = workload;
        this.measured = measured;
    }

    /** @throws CliException with what does not agree */
    void requireAgreement(final EmbeddedStack stack, final Application application) {
        try (Recount recount = Recount.of(settings())) {
            final List<Agreement> wrong =
                    recount.awaitAgreement(List.of(application.ops()), PATIENCE, () -> requireAlive(stack)).stream()
                            .filter(agreement -> !agreement.holds())
                            .toList();
            if (!wrong.isEmpty()) {
                throw new CliException("case " + measured.name() + " does not agree with the recount: " + wrong);
            }
        }
        final long read = ReportedAccount.ask(List.of(application.ops()))
                .map(account -> account.total().read())
                .orElse(-1L);
        if (read != workload.events()) {
            throw new CliException(
                    "case " + measured.name() + " has read " + read + " records of " + workload.events());
        }
    }

    private static void requireAlive(final EmbeddedStack stack) {
        stack.failure().ifPresent(failure -> {
            throw new CliException(failure);
        });
    }

    private RecountSettings settings() {
        return new RecountSettings(
                connection.client(),
                connection.schemaRegistryUrl(),
                Topics.DEFAULT.usageEvents(),
                Topics.DEFAULT.featureCatalog(),
                Topics.DEFAULT.subscriptions(),
                topics.billingUsage(),
                topics.usageRejected(),
                RecountSettings.Window.DEFAULT,
                RecountSettings.Closing.DEFAULT);
    }
}
