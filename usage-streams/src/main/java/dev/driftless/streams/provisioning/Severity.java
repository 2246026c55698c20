package dev.driftless.streams.provisioning;

/** How bad a drift is. */
public enum Severity {
    /** A promise is broken: the application refuses to start. */
    BROKEN,
    /** Not as intended, but no promise is broken. */
    ADVISORY
}
