package dev.driftless.cli.reconcile;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.recount.CustomerHistory;
import dev.driftless.cli.recount.JudgedEvent;
import dev.driftless.cli.topics.TopicsOptions;
import dev.driftless.streams.app.config.AppConfig;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What became of an event, every copy of it. */
@Command(
        name = "event",
        description = {
            "Says what became of an event: each copy of it in the raw topic, with partition, offset, outcome and period, as an"
                    + " independent recount of the customer's events judges it. Knows events of any age, as long as the raw"
                    + " topic holds them; reads the customer's partition whole.",
            ""
        },
        exitCodeList = {"0:found", "1:there is no such event, or it cannot be read", "2:wrong usage"})
public final class EventCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TopicsOptions options;

    @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer id.")
    private String customer;

    @Parameters(index = "1", paramLabel = "KEY", description = "The idempotency key.")
    private String key;

    @Override
    public Integer call() {
        final List<JudgedEvent> copies = new ArrayList<>();
        read(options.config(), customer, event -> {
            if (event.key().equals(key)) {
                copies.add(event);
            }
        });
        final PrintWriter out = spec.commandLine().getOut();
        copies.forEach(copy -> out.println(ReconcileText.event(copy)));
        if (copies.isEmpty()) {
            out.println("The raw topic holds no event with idempotency key '" + key + "' under the key of customer '"
                    + customer + "'");
        }
        return copies.isEmpty() ? ExitCodes.FAILED : ExitCodes.OK;
    }

    static void read(final AppConfig config, final String customer, final Consumer<JudgedEvent> reader) {
        try {
            new CustomerHistory(Recounting.settings(config), config.topics().usageRerouted())
                    .read(Set.of(customer), reader);
        } catch (final KafkaException failure) {
            throw new CliException("events cannot be read: " + failure.getMessage(), failure);
        }
    }
}
