package dev.driftless.bench.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the platform says about processes. */
final class Processes {
    private static final Pattern MOST_RESIDENT = Pattern.compile("VmHWM:\\s+(\\d+) kB");
    private static final double NANOS = 1e9;
    private static final double KIB = 1024;

    private Processes() {}

    /** Processor seconds that a process has used; nothing if it is gone. */
    static Optional<Double> cpuSeconds(final long pid) {
        return ProcessHandle.of(pid)
                .flatMap(process -> process.info().totalCpuDuration())
                .map(used -> used.toNanos() / NANOS);
    }

    /** Most bytes that were resident; nothing on other platforms than Linux. */
    static Optional<Double> peakMemory(final long pid) {
        try {
            final Matcher line =
                    MOST_RESIDENT.matcher(Files.readString(Path.of("/proc", Long.toString(pid), "status")));
            return line.find() ? Optional.of(Double.parseDouble(line.group(1)) * KIB) : Optional.empty();
        } catch (final IOException otherPlatform) {
            return Optional.empty();
        }
    }
}
