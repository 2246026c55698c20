package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One instance of the streams application.
 *
 * @param name unique within the stack; its state and its log are kept under it
 * @param opsPort port of its HTTP endpoints; 0 for any that is free
 * @param settings its settings by their flag's name without dashes, beside those that the stack gives: where the
 *     brokers and the registry are, the state directory, the host and port of its endpoints
 */
public record ApplicationSpec(String name, int opsPort, Map<String, String> settings) {
    public ApplicationSpec {
        requireNonNull(name);
        settings = Map.copyOf(settings);
    }

    /** An instance on any free port, with default settings. */
    public static ApplicationSpec named(final String name) {
        return new ApplicationSpec(name, Ports.ANY, Map.of());
    }

    public ApplicationSpec withOpsPort(final int port) {
        return new ApplicationSpec(name, port, settings);
    }

    public ApplicationSpec with(final String setting, final String value) {
        final Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(setting, value);
        return new ApplicationSpec(name, opsPort, changed);
    }

    /**
     * Checks its port ahead of its start.
     *
     * @throws StackException if it is taken
     */
    public void requireFreePort() {
        claimPort();
    }

    /** Its port, or a free one for any. */
    int claimPort() {
        return Ports.claim(opsPort, "application", "--ops-port");
    }
}
