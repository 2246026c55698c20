package dev.driftless.bench.run;

/**
 * How far a process was at a time.
 *
 * @param nanos the time
 * @param events records committed
 * @param cpuSeconds processor seconds that it had used
 */
record Sample(long nanos, long events, double cpuSeconds) {
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;

    double secondsSince(final Sample earlier) {
        return (nanos - earlier.nanos) / NANOS;
    }

    double eventsPerSecondSince(final Sample earlier) {
        return (events - earlier.events) / secondsSince(earlier);
    }

    double cpuPerMillionSince(final Sample earlier) {
        return (cpuSeconds - earlier.cpuSeconds) / (events - earlier.events) * MILLION;
    }
}
