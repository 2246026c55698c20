package dev.driftless.cli;

/** What a command's exit code says; beside these, picocli's 2 for wrong usage. */
public final class ExitCodes {
    /** It did what it was asked to. */
    public static final int OK = 0;
    /** It could not, or a check has failed. */
    public static final int FAILED = 1;

    private ExitCodes() {}
}
