package dev.driftless.streams.app;

/** With what the process ends. */
public enum ExitCode {
    /** It did what it was asked to, or was told to stop and stopped in order. */
    OK(0, "stopped in order"),
    /** It failed while it ran, or could not stop in order. */
    FAILED(1, "failed while running, or could not stop in order"),
    /** The configuration or the command line cannot be used. */
    BAD_CONFIGURATION(2, "the configuration or the command line cannot be used"),
    /** Something it needs was not there in time: brokers, registry, its port, its state directory. */
    UNAVAILABLE(3, "brokers, registry, port or state directory not available"),
    /** Topics or schemas are such that promises would be broken. */
    BROKEN_PROMISES(4, "topics or schemas are such that promises would be broken");

    private final int code;
    private final String meaning;

    ExitCode(final int code, final String meaning) {
        this.code = code;
        this.meaning = meaning;
    }

    /** The process's exit status. */
    public int code() {
        return code;
    }

    /** What it means, for people. */
    public String meaning() {
        return meaning;
    }
}
