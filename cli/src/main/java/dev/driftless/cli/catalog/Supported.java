package dev.driftless.cli.catalog;

import dev.driftless.schemas.Aggregation;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** Which of the things that a definition can say the streams application carries out; the rest is refused. */
final class Supported {
    static final Set<Aggregation> AGGREGATIONS =
            Collections.unmodifiableSet(EnumSet.complementOf(EnumSet.of(Aggregation.OTHER)));
    static final boolean GROUP_BY = true;

    private Supported() {}
}
