package dev.driftless.cli.demo;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.CliException;
import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.ReportedAccount;
import dev.driftless.cli.stack.Application;
import dev.driftless.cli.stack.EmbeddedStack;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** Follows what the application says about itself. Safe for use by several threads. */
final class ApplicationWatch {
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    /** Without a record read for so long, the application is at fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final EmbeddedStack stack;
    private final List<URI> instances;
    private final AtomicReference<Account> last = new AtomicReference<>(Account.EMPTY);

    ApplicationWatch(final EmbeddedStack stack, final List<Application> applications) {
        this.stack = requireNonNull(stack);
        this.instances = applications.stream().map(Application::ops).toList();
    }

    List<URI> instances() {
        return instances;
    }

    /** The account as it is; as it was where the application does not answer. */
    Account look() {
        ReportedAccount.ask(instances).map(ReportedAccount::total).ifPresent(last::set);
        return last.get();
    }

    /**
     * Waits until so many records were read.
     *
     * @throws CliException if the application stops, or reads nothing for a minute
     */
    void awaitRead(final long records) {
        long read = look().read();
        long lastProgress = System.nanoTime();
        while (read < records) {
            requireAlive();
            pause();
            final long now = look().read();
            if (now > read) {
                lastProgress = System.nanoTime();
            } else if (System.nanoTime() - lastProgress > PATIENCE.toNanos()) {
                throw new CliException("the application has read " + now + " of " + records + " records, and none for "
                        + PATIENCE.toSeconds() + " seconds; see its log in " + stack.dataDirectory());
            }
            read = now;
        }
    }

    /** @throws CliException with the end of its log if a process of the stack has stopped */
    void requireAlive() {
        stack.failure().ifPresent(failure -> {
            throw new CliException(failure);
        });
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
