package dev.driftless.cli.stack;

import java.util.ArrayList;
import java.util.List;

/** For which length of run processes are tuned. */
public enum Tuning {
    /** As a server: code that is used much is compiled well. */
    LONG_RUN,
    /** For a minute or so: most processor time would go into compiling well, and come to nothing. */
    SHORT_RUN;

    private static final List<String> QUICK_COMPILER = List.of("-XX:TieredStopAtLevel=1");

    /** Some options of a JVM with those of this tuning. */
    List<String> with(final String... options) {
        final List<String> all = new ArrayList<>(List.of(options));
        if (this == SHORT_RUN) {
            all.addAll(QUICK_COMPILER);
        }
        return all;
    }
}
