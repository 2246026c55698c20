package dev.driftless.streams.app.config;

/** What is done about topics and schemas at the start. */
public enum Provision {
    /** They are compared with what the promises need. */
    CHECK,
    /** What is missing is created as well. */
    APPLY
}
