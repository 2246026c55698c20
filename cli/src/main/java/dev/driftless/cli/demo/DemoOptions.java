package dev.driftless.cli.demo;

import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What the demo can be told. */
final class DemoOptions {
    private static final int MOST_CUSTOMERS = 1_000_000;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "50000",
            description = "How many records to publish, from 1.")
    private long events;

    @Option(
            names = "--customers",
            paramLabel = "N",
            defaultValue = "200",
            description = "How many customers they are of, 1 to 1000000.")
    private int customers;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Decides what is left to chance: equal seeds give equal traffic.")
    private long seed;

    @Option(names = "--json", description = "Write a summary as JSON to standard output, all else to standard error.")
    private boolean json;

    @Option(names = "--keep", description = "Keep the data and the logs, and say where they are.")
    private boolean keep;

    /** @throws ParameterException if a number is not allowed */
    void check(final CommandLine command) {
        if (events < 1) {
            throw new ParameterException(command, "--events '" + events + "' must be at least 1");
        }
        if (customers < 1 || customers > MOST_CUSTOMERS) {
            throw new ParameterException(command, "--customers '" + customers + "' must be 1 to " + MOST_CUSTOMERS);
        }
    }

    long events() {
        return events;
    }

    int customers() {
        return customers;
    }

    long seed() {
        return seed;
    }

    boolean json() {
        return json;
    }

    boolean keep() {
        return keep;
    }
}
