package dev.driftless.cli.ingest;

/** Where in a batch a worker waits for its end. */
enum KillPoint {
    /** Half of the batch is on its way. */
    HALF_SENT,
    /** All of it is on its way, and nothing is known of it. */
    ALL_SENT,
    /** All of it is acknowledged, and the worker has not yet noted it. */
    ANSWERED,
    /** Nowhere: it does its work. */
    NOWHERE
}
