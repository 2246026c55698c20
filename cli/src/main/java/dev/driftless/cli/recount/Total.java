package dev.driftless.cli.recount;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;

/** A quantity as it grows. For use by one thread. */
interface Total {
    /** What it is. */
    BigDecimal quantity();

    /** What it would be with one more event. */
    BigDecimal with(RawEvent event);

    /** What it would be without one event that was added. */
    BigDecimal without(RawEvent event);

    /** Takes one more event in. */
    void add(RawEvent event);

    /** Takes an event out. */
    void remove(RawEvent event);

    /** Writes what it is down. */
    void writeTo(DataOutputStream out) throws IOException;

    /** Becomes what was written down. */
    void readFrom(DataInputStream in) throws IOException;
}
