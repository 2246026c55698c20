package dev.driftless.cli.ingest;

import java.io.IOException;
import java.util.Optional;

/** The records of a file, one after the other. */
interface EventLines {
    /** The next record; nothing at the end. */
    Optional<EventLine> next() throws IOException;
}
