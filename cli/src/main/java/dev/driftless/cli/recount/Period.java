package dev.driftless.cli.recount;

/**
 * A billing period.
 *
 * @param start first millisecond since 1970
 * @param end first millisecond after it
 */
record Period(long start, long end) {
    boolean holds(final long instant) {
        return start <= instant && instant < end;
    }
}
