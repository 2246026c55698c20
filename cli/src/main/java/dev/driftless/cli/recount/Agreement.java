package dev.driftless.cli.recount;

import java.util.List;

/**
 * Whether one group of results is what it should be.
 *
 * @param group what was compared
 * @param compared how many of them
 * @param disagreements how many are not as they should be
 * @param examples some of those
 */
public record Agreement(String group, long compared, long disagreements, List<String> examples) {
    private static final int EXAMPLES = 10;

    public Agreement {
        examples = List.copyOf(examples);
    }

    static Agreement of(final String group, final long compared, final List<String> disagreements) {
        return new Agreement(
                group,
                compared,
                disagreements.size(),
                disagreements.subList(0, Math.min(EXAMPLES, disagreements.size())));
    }

    /** Whether all of them are. */
    public boolean holds() {
        return disagreements == 0;
    }
}
