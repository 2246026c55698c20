package dev.driftless.streams.topology.decode;

/**
 * Bounds what Avro allocates for a length that a record claims. Without them ten bytes can claim a text of two gigabytes,
 * and Avro allocates it before it looks for the content.
 */
public final class AvroLimits {
    private AvroLimits() {}

    /** Sets Avro's limits for this JVM, except those that its operator has set. To be called before Avro is first used. */
    public static void apply() {
        // A record of the topics is at most some megabytes; the longest text that a rule admits has 4,000 bytes.
        setUnlessSet("org.apache.avro.limits.bytes.maxLength", 64 << 20);
        setUnlessSet("org.apache.avro.limits.string.maxLength", 1 << 20);
        setUnlessSet("org.apache.avro.limits.collectionItems.maxLength", 1 << 16);
    }

    private static void setUnlessSet(final String property, final int value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, Integer.toString(value));
        }
    }
}
