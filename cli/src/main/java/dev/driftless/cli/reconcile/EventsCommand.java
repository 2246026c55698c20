package dev.driftless.cli.reconcile;

import dev.driftless.cli.ExitCodes;
import dev.driftless.cli.file.InstantConverter;
import dev.driftless.cli.recount.JudgedEvent;
import dev.driftless.cli.topics.TopicsOptions;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The events that make an aggregate up. */
@Command(
        name = "events",
        description = {
            "Lists the events that make an aggregate up, in the order in which they were counted, as an independent recount"
                    + " of the customer's events judges them. Events that a void took back are listed, and so is the void.",
            ""
        },
        exitCodeList = {"0:listed", "1:there are none, or they cannot be read", "2:wrong usage"})
public final class EventsCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private TopicsOptions options;

    @Parameters(index = "0", paramLabel = "CUSTOMER", description = "The customer id.")
    private String customer;

    @Parameters(index = "1", paramLabel = "FEATURE", description = "The feature code.")
    private String feature;

    @Parameters(
            index = "2",
            paramLabel = "PERIOD",
            converter = InstantConverter.class,
            description = "First instant of the period.")
    private Instant period;

    @Option(names = "--limit", defaultValue = "100", description = "How many to list.")
    private int limit;

    @Option(
            names = "--after",
            paramLabel = "PARTITION:OFFSET",
            description = "Go on after this event; the last line of a page names it.")
    private String after;

    @Override
    public Integer call() {
        if (limit < 1) {
            throw new ParameterException(spec.commandLine(), "--limit '" + limit + "' must be at least 1");
        }
        final List<JudgedEvent> events = new ArrayList<>();
        EventCommand.read(options.config(), customer, event -> {
            if (isOfAggregate(event)) {
                events.add(event);
            }
        });
        final int first = after == null ? 0 : 1 + indexOf(events);
        final int end = Math.min(events.size(), first + limit);
        final PrintWriter out = spec.commandLine().getOut();
        events.subList(first, end).forEach(event -> out.println(ReconcileText.event(event)));
        if (end < events.size()) {
            out.println((events.size() - end) + " more: --after " + position(events.get(end - 1)));
        }
        if (events.isEmpty()) {
            out.println("The raw topic holds no event that was counted there");
        }
        return events.isEmpty() ? ExitCodes.FAILED : ExitCodes.OK;
    }

    private boolean isOfAggregate(final JudgedEvent event) {
        return event.outcome().equals("COUNTED")
                && event.into()
                        .filter(into -> into.feature().equals(feature) && into.periodStart() == period.toEpochMilli())
                        .isPresent();
    }

    private int indexOf(final List<JudgedEvent> events) {
        for (int index = 0; index < events.size(); index++) {
            if (position(events.get(index)).equals(after)) {
                return index;
            }
        }
        throw new ParameterException(
                spec.commandLine(),
                "--after '" + after + "' must name an event of this aggregate, as PARTITION:OFFSET");
    }

    private static String position(final JudgedEvent event) {
        return event.position().partition() + ":" + event.position().offset();
    }
}
