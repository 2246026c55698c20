package dev.driftless.schemas.serde;

import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/**
 * The schema of a generated class as it stands in the registry: without the properties by which Avro's Java code
 * generation chooses {@code java.lang.String}, which are nothing to readers and writers in other languages.
 */
public final class PublishedSchema {
    private static final String JAVA_STRING = ",\"avro.java.string\":\"String\"";

    private PublishedSchema() {}

    /** The published schema of a generated class. */
    public static Schema of(final Class<? extends SpecificRecord> type) {
        final String generated = SpecificData.get().getSchema(type).toString();
        return new Schema.Parser().parse(generated.replace(JAVA_STRING, ""));
    }
}
