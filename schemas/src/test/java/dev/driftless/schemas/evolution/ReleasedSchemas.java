package dev.driftless.schemas.evolution;

import dev.driftless.schemas.Topics;
import dev.driftless.schemas.serde.SchemaRegistration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** The schemas that this build writes, and the versions of them that are kept in {@code schemas/released}. */
final class ReleasedSchemas {
    /** Relative to the module, which is where Maven and IDEs run its tests. */
    static final Path DIRECTORY = Path.of("released");

    private static final String JAVA_STRING = ",\"avro.java.string\":\"String\"";
    private static final String WRAPPED_STRING = "{\"type\":\"string\"}";
    private static final String PLAIN_STRING = "\"string\"";

    private ReleasedSchemas() {}

    /** The schema of each topic's key or value, without what the code generator notes in it for itself. */
    static List<Schema> current() {
        return SchemaRegistration.subjects(Topics.DEFAULT).values().stream()
                .map(schema -> new Schema.Parser()
                        .parse(schema.toString().replace(JAVA_STRING, "").replace(WRAPPED_STRING, PLAIN_STRING)))
                .toList();
    }

    /** The kept versions of a record, the first one first. */
    static List<Schema> versionsOf(final Schema current) {
        final List<Schema> versions = new ArrayList<>();
        for (Path file = fileOf(current, 1); Files.exists(file); file = fileOf(current, versions.size() + 1)) {
            versions.add(parse(file));
        }
        return versions;
    }

    static Path fileOf(final Schema schema, final int version) {
        return DIRECTORY.resolve(schema.getName()).resolve("v" + version + ".avsc");
    }

    /** Everything in the directory that holds schemas. */
    static List<Path> files() {
        try (var files = Files.walk(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".avsc"))
                    .sorted()
                    .toList();
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Schema parse(final Path file) {
        try {
            return new Schema.Parser().parse(Files.readString(file));
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
