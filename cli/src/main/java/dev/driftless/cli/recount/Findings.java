package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Finding.Kind;
import dev.driftless.cli.recount.Spilled.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What was found while topics were read; survives a stop with the rest of the state. For use by one thread. */
final class Findings {
    private static final int MOST = 2_000;
    private static final Codec<Finding> CODEC = Packed.codec(
            (out, finding) -> {
                out.writeUTF(finding.kind().name());
                Packed.writeOptional(out, finding.aggregate(), Packed::write);
                out.writeUTF(finding.text());
            },
            in -> {
                final Kind kind = Kind.valueOf(in.readUTF());
                final Optional<AggregateName> name = Packed.readOptional(in, Packed::readName);
                return new Finding(kind, name, in.readUTF(), Optional.empty(), Optional.empty(), List.of());
            });

    private final Spilled<Long, Finding> kept;
    private final Spilled<String, Long> counts;

    Findings(final Shelf shelf) {
        this.kept = new Spilled<>(shelf, 'F', Packed.LONG, CODEC);
        this.counts = new Spilled<>(shelf, 'N', Packed.TEXT, Packed.LONG);
    }

    void add(final Finding finding) {
        final long number = counted("findings");
        if (number <= MOST) {
            kept.put(number, finding);
        }
    }

    /** Counts something, and gives how often it was by now. */
    long counted(final String what) {
        final long number = count(what) + 1;
        counts.put(what, number);
        return number;
    }

    long count(final String what) {
        return counts.get(what).orElse(0L);
    }

    List<Finding> all() {
        final List<Finding> all = new ArrayList<>();
        kept.forEach((number, finding) -> all.add(finding));
        return all;
    }

    /** Findings that were not kept, for there were too many. */
    long left() {
        return Math.max(0, count("findings") - MOST);
    }

    void flush() {
        kept.flush();
        counts.flush();
    }
}
