package dev.driftless.cli.demo;

import static dev.driftless.cli.demo.DemoReport.number;
import static java.util.Objects.requireNonNull;

import dev.driftless.cli.ConnectionOptions;
import dev.driftless.cli.Terminal;
import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.Recount;
import dev.driftless.cli.recount.RecountSettings;
import dev.driftless.cli.stack.EmbeddedStack;
import dev.driftless.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Publishes the demo's traffic, waits until the application is done with it, and has it verified. */
final class DemoRun {
    /** Without any change for so long, what does not agree will not. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final double NANOS = 1e9;

    private final DemoOptions options;
    private final Terminal terminal;
    private final EmbeddedStack stack;
    private final ConnectionOptions connection;
    private final ApplicationWatch watch;
    private final long begin = System.nanoTime();

    DemoRun(
            final DemoOptions options,
            final Terminal terminal,
            final EmbeddedStack stack,
            final ConnectionOptions connection,
            final ApplicationWatch watch) {
        this.options = requireNonNull(options);
        this.terminal = requireNonNull(terminal);
        this.stack = requireNonNull(stack);
        this.connection = requireNonNull(connection);
        this.watch = requireNonNull(watch);
    }

    DemoResult run(final DemoTraffic traffic) {
        try (Publisher publisher = new Publisher(connection, Topics.DEFAULT)) {
            Progress.during(terminal, () -> progress(publisher.held()), () -> process(publisher, traffic));
            terminal.out().println("Recounting the raw topic …");
            return verified(publisher.held(), publisher.rerouted());
        }
    }

    private void process(final Publisher publisher, final DemoTraffic traffic) {
        for (long count = 0; count < options.events(); count++) {
            publisher.publish(traffic.next());
        }
        publisher.finish();
        watch.awaitRead(publisher.held() + publisher.rerouted());
    }

    private String progress(final long published) {
        final Account account = watch.look();
        final long perSecond = (long) (account.read() / seconds());
        return String.format(
                Locale.ROOT,
                "published %s of %s · read %s (%s/s): counted %s, duplicates %s, rejected %s",
                number(published),
                number(options.events()),
                number(account.read()),
                number(perSecond),
                number(account.counted()),
                number(account.duplicates()),
                number(account.rejectedInAll()));
    }

    private DemoResult verified(final long published, final long rerouted) {
        try (Recount recount = Recount.of(settings(connection))) {
            final List<Agreement> agreements = recount.awaitAgreement(watch.instances(), PATIENCE, watch::requireAlive);
            return new DemoResult(
                    published,
                    rerouted,
                    watch.look(),
                    recount.billed(),
                    agreements,
                    seconds(),
                    Optional.<Path>of(stack.dataDirectory()).filter(directory -> options.keep()));
        }
    }

    static RecountSettings settings(final ConnectionOptions connection) {
        return new RecountSettings(
                connection.client(),
                connection.schemaRegistryUrl(),
                Topics.DEFAULT.usageEvents(),
                Topics.DEFAULT.featureCatalog(),
                Topics.DEFAULT.subscriptions(),
                Topics.DEFAULT.billingUsage(),
                Topics.DEFAULT.usageRejected(),
                RecountSettings.Window.DEFAULT,
                RecountSettings.Closing.DEFAULT);
    }

    private double seconds() {
        return (System.nanoTime() - begin) / NANOS;
    }
}
