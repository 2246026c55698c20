package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One instance of the streams application.
 *
 * @param name unique within the stack; its state and its log are kept under it
 * @param opsPort port of its HTTP endpoints; 0 for any that is free
 * @param settings its settings by their flag's name without dashes, beside those that the stack gives: where the
 *     brokers and the registry are, the state directory, the host and port of its endpoints
 * @param mainClass class to run; one that is not the application's gets the same flags
 * @param jvmOptions options of its JVM beside those that the stack gives
 */
public record ApplicationSpec(
        String name, int opsPort, Map<String, String> settings, String mainClass, List<String> jvmOptions) {
    private static final String APPLICATION = "dev.driftless.streams.app.UsageStreamsMain";

    public ApplicationSpec {
        requireNonNull(name);
        settings = Map.copyOf(settings);
        requireNonNull(mainClass);
        jvmOptions = List.copyOf(jvmOptions);
    }

    /** An instance on any free port, with default settings. */
    public static ApplicationSpec named(final String name) {
        return new ApplicationSpec(name, Ports.ANY, Map.of(), APPLICATION, List.of());
    }

    public ApplicationSpec withOpsPort(final int port) {
        return new ApplicationSpec(name, port, settings, mainClass, jvmOptions);
    }

    public ApplicationSpec with(final String setting, final String value) {
        final Map<String, String> changed = new LinkedHashMap<>(settings);
        changed.put(setting, value);
        return new ApplicationSpec(name, opsPort, changed, mainClass, jvmOptions);
    }

    /** Another program in the application's place, on the same class path. */
    public ApplicationSpec running(final String otherMainClass) {
        return new ApplicationSpec(name, opsPort, settings, otherMainClass, jvmOptions);
    }

    public ApplicationSpec withJvmOptions(final List<String> options) {
        return new ApplicationSpec(name, opsPort, settings, mainClass, options);
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
