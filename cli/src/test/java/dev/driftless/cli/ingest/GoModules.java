package dev.driftless.cli.ingest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;

/**
 * The example for Go on the libraries that Debian packages, so that it builds without a network. Debian's
 * confluent-kafka-go is older than its version 2, and has what the example uses of it.
 */
final class GoModules {
    private static final Path SOURCES = Path.of("/usr/share/gocode/src/github.com");
    private static final Path KAFKA = SOURCES.resolve("confluentinc/confluent-kafka-go");
    private static final Path AVRO = SOURCES.resolve("linkedin/goavro");
    private static final Path SNAPPY = SOURCES.resolve("golang/snappy");
    private static final String KAFKA_MODULE = "github.com/confluentinc/confluent-kafka-go/v2";

    private GoModules() {}

    static boolean areThere() {
        return Stream.of(KAFKA.resolve("kafka"), AVRO.resolve("go.mod"), SNAPPY.resolve("go.mod"))
                .allMatch(Files::exists);
    }

    /** A directory with the example as it stands, where its libraries are those of this machine. */
    static Path prepare(final Path directory, final Path example) throws IOException {
        final Path kafka = directory.resolve("confluent-kafka-go");
        copy(KAFKA.resolve("kafka"), kafka.resolve("kafka"));
        Files.writeString(kafka.resolve("go.mod"), "module " + KAFKA_MODULE + "\n\ngo 1.12\n");
        copy(example, directory);
        Files.write(
                directory.resolve("go.mod"),
                List.of(
                        "replace " + KAFKA_MODULE + " => ./confluent-kafka-go",
                        "replace github.com/linkedin/goavro/v2 => " + AVRO,
                        "replace github.com/golang/snappy => " + SNAPPY),
                StandardOpenOption.APPEND);
        return directory;
    }

    private static void copy(final Path from, final Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (final Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, to.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }
}
