package dev.driftless.streams.provisioning;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How topics and schemas differ from what the promises need.
 *
 * @param drifts in the order of the topics
 */
public record DriftReport(List<Drift> drifts) {
    public DriftReport {
        drifts = List.copyOf(drifts);
    }

    /** Drifts that break a promise. */
    public List<Drift> broken() {
        return of(Severity.BROKEN);
    }

    /** Drifts that break none. */
    public List<Drift> advisory() {
        return of(Severity.ADVISORY);
    }

    /** Whether the application must not start. */
    public boolean breaksPromises() {
        return !broken().isEmpty();
    }

    /** The report for people, without a line break at its end. */
    public String text() {
        if (drifts.isEmpty()) {
            return "topics and schemas are as they must be";
        }
        return Stream.of(section("promises are broken:", broken()), section("not as intended:", advisory()))
                .filter(section -> !section.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    private List<Drift> of(final Severity severity) {
        return drifts.stream().filter(drift -> drift.severity() == severity).toList();
    }

    private static String section(final String title, final List<Drift> drifts) {
        return drifts.isEmpty()
                ? ""
                : drifts.stream().map(drift -> "  " + drift).collect(Collectors.joining("\n", title + "\n", ""));
    }
}
