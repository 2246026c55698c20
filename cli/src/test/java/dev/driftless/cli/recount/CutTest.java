package dev.driftless.cli.recount;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CutTest {
    @ParameterizedTest
    @CsvSource({
        "MONTH, 2026-01-31T00:00, UTC, 2026-03-01T00:00:00Z, 2026-02-28T00:00:00Z, 2026-03-31T00:00:00Z",
        "MONTH, 2026-01-31T00:00, UTC, 2024-02-28T23:59:59.999Z, 2024-01-31T00:00:00Z, 2024-02-29T00:00:00Z",
        "MONTH, 2026-01-31T00:00, UTC, 2024-02-29T00:00:00Z, 2024-02-29T00:00:00Z, 2024-03-31T00:00:00Z",
        "DAY, 2026-01-01T00:00, Europe/Berlin, 2026-03-29T12:00:00Z, 2026-03-28T23:00:00Z, 2026-03-29T22:00:00Z",
        "DAY, 2026-01-01T02:30, Europe/Berlin, 2026-03-29T01:00:00Z, 2026-03-29T01:00:00Z, 2026-03-30T00:30:00Z",
        "DAY, 2026-01-01T02:30, Europe/Berlin, 2026-10-25T00:30:00Z, 2026-10-25T00:30:00Z, 2026-10-26T01:30:00Z",
        "DAY, 2011-12-01T00:00, Pacific/Apia, 2011-12-30T10:00:00Z, 2011-12-30T10:00:00Z, 2011-12-31T10:00:00Z",
        "QUARTER, 2026-02-01T00:00, Asia/Kolkata, 2026-01-01T00:00:00Z, 2025-10-31T18:30:00Z, 2026-01-31T18:30:00Z",
        "YEAR, 2024-02-29T00:00, UTC, 2026-02-28T00:00:00Z, 2026-02-28T00:00:00Z, 2027-02-28T00:00:00Z",
        "WEEK, 2026-11-11T00:00, America/New_York, 2026-11-04T04:59:59.999Z, 2026-10-28T04:00:00Z, 2026-11-04T05:00:00Z"
    })
    void shouldCutTheTimeLineOnTheClockOfTheZone(
            final String interval,
            final String anchor,
            final String zone,
            final Instant instant,
            final Instant start,
            final Instant end) {
        assertThat(Cut.of(interval, anchor, zone).periodOf(instant.toEpochMilli()))
                .isEqualTo(new Period(start.toEpochMilli(), end.toEpochMilli()));
    }
}
