package dev.driftless.cli.demo;

import java.util.SplittableRandom;

/** What the demo's records are like, and how many in a thousand. */
enum Kind {
    GOOD(884),
    RETRY(30),
    RETRY_STAMPED_ANEW(15),
    OTHER_CONTENT(5),
    MISPLACED(10),
    MISPLACED_RETRY(2),
    UNKNOWN_FEATURE(4),
    MALFORMED_FEATURE(2),
    NOT_IN_EFFECT(4),
    TOO_OLD(3),
    IN_FUTURE(3),
    INVALID_FIELD(4),
    BEYOND_LIMIT(2),
    WRONG_KEY(3),
    GARBAGE(6),
    EDGE_VALUE(3),
    EDGE_INSTANT(4),
    OVERFLOW(2),
    VOID(8),
    VOID_REPEATED(2),
    VOID_AHEAD(3),
    VOID_REFUSED(1);

    private static final int IN_ALL = 1_000;

    private final int share;

    Kind(final int share) {
        this.share = share;
    }

    static Kind drawn(final SplittableRandom random) {
        int place = random.nextInt(IN_ALL);
        for (final Kind kind : values()) {
            place -= kind.share;
            if (place < 0) {
                return kind;
            }
        }
        throw new IllegalStateException("the shares must add up to " + IN_ALL);
    }
}
