package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * How the time line is cut into periods of one length: by walking from the anchor, one period after the other, until the
 * instant is reached. The starts that were passed are kept. For use by one thread.
 */
final class Cut {
    private static final Map<String, Length> LENGTHS = Map.of(
            "DAY", new Length(ChronoUnit.DAYS, 1),
            "WEEK", new Length(ChronoUnit.WEEKS, 1),
            "MONTH", new Length(ChronoUnit.MONTHS, 1),
            "QUARTER", new Length(ChronoUnit.MONTHS, 3),
            "YEAR", new Length(ChronoUnit.YEARS, 1));

    private final Length length;
    private final LocalDateTime anchor;
    private final ZoneId zone;
    /** Starts of the anchor's period and of those after it. */
    private final List<Long> forward = new ArrayList<>();
    /** Starts of the anchor's period and of those before it, going back. */
    private final List<Long> backward = new ArrayList<>();

    private record Length(ChronoUnit unit, int units) {}

    private Cut(final Length length, final LocalDateTime anchor, final ZoneId zone) {
        this.length = requireNonNull(length);
        this.anchor = requireNonNull(anchor);
        this.zone = requireNonNull(zone);
        forward.add(start(0));
        backward.add(start(0));
    }

    /** The periods of a customer without a subscription. */
    static Cut monthsInUtc() {
        return new Cut(LENGTHS.get("MONTH"), LocalDateTime.of(2020, 1, 1, 0, 0), ZoneOffset.UTC);
    }

    /** As a term of a subscription says. */
    static Cut of(final String interval, final String anchor, final String timeZone) {
        return new Cut(LENGTHS.get(interval), LocalDateTime.parse(anchor), ZoneId.of(timeZone));
    }

    /** The period that holds an instant. */
    Period periodOf(final long instant) {
        return instant >= forward.get(0) ? ahead(instant) : back(instant);
    }

    private Period ahead(final long instant) {
        while (forward.get(forward.size() - 1) <= instant) {
            forward.add(start(forward.size()));
        }
        int after = forward.size() - 1;
        while (forward.get(after - 1) > instant) {
            after--;
        }
        return new Period(forward.get(after - 1), forward.get(after));
    }

    private Period back(final long instant) {
        while (backward.get(backward.size() - 1) > instant) {
            backward.add(start(-backward.size()));
        }
        int before = backward.size() - 1;
        while (backward.get(before - 1) <= instant) {
            before--;
        }
        return new Period(backward.get(before), backward.get(before - 1));
    }

    /** The first instant at which the zone's clock shows the local start or a later time. */
    private long start(final int number) {
        final LocalDateTime local = anchor.plus((long) number * length.units(), length.unit());
        final List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        final ZoneOffsetTransition gap = zone.getRules().getTransition(local);
        final Instant start = offsets.isEmpty()
                ? gap.getInstant()
                : offsets.stream().map(local::toInstant).min(Instant::compareTo).orElseThrow();
        return start.toEpochMilli();
    }
}
