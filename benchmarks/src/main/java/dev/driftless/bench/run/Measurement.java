package dev.driftless.bench.run;

import static java.util.Objects.requireNonNull;

import java.util.Optional;

/**
 * What one run of a case took.
 *
 * @param name of the case
 * @param events how many
 * @param seconds from the first commit seen to the last
 * @param wholePerSecond events per second from the start of the process, which has nothing compiled yet
 * @param steadyPerSecond events per second of the last two thirds
 * @param wholeCpuPerMillion processor seconds of the process per million events, its start included
 * @param steadyCpuPerMillion the same of the last two thirds
 * @param brokerCpuPerMillion processor seconds of the broker per million events
 * @param peakMemory most bytes resident in the process; nothing where the platform does not tell
 * @param brokerBytesPerEvent bytes that were added to the broker's logs, per event
 * @param stateBytesPerKey bytes on disk of the dedup store per marked key; nothing for others than Driftless
 * @param changelogBytesPerKey bytes of its changelog per counted event; likewise
 */
public record Measurement(
        String name,
        long events,
        double seconds,
        double wholePerSecond,
        double steadyPerSecond,
        double wholeCpuPerMillion,
        double steadyCpuPerMillion,
        double brokerCpuPerMillion,
        Optional<Double> peakMemory,
        double brokerBytesPerEvent,
        Optional<Double> stateBytesPerKey,
        Optional<Double> changelogBytesPerKey) {
    public Measurement {
        requireNonNull(name);
        requireNonNull(peakMemory);
        requireNonNull(stateBytesPerKey);
        requireNonNull(changelogBytesPerKey);
    }
}
