package dev.driftless.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaFormatter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Holds each schema {@code FULL_TRANSITIVE}: every version ever released reads what every other one wrote, and reads it
 * with the same meaning. See {@code schemas/released/README.md} for what to do when this test fails.
 */
class SchemaCompatibilityTest {

    static Stream<Schema> currentSchemas() {
        return ReleasedSchemas.current().stream();
    }

    @ParameterizedTest
    @MethodSource("currentSchemas")
    void shouldBeFullyCompatibleWithEachVersionReleased(final Schema current) {
        int version = 1;
        for (final Schema released : ReleasedSchemas.versionsOf(current)) {
            assertThat(SchemaEvolution.breaks(released, current))
                    .as("%s of this build against version %d", current.getName(), version)
                    .isEmpty();
            version++;
        }
    }

    @ParameterizedTest
    @MethodSource("currentSchemas")
    void shouldBeFullyCompatibleInEachPairOfVersionsReleased(final Schema current) {
        final List<Schema> versions = ReleasedSchemas.versionsOf(current);
        for (int older = 0; older < versions.size(); older++) {
            for (int newer = older + 1; newer < versions.size(); newer++) {
                assertThat(SchemaEvolution.breaks(versions.get(older), versions.get(newer)))
                        .as("%s, version %d against version %d", current.getName(), older + 1, newer + 1)
                        .isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("currentSchemas")
    void shouldBeKeptAsItsLatestVersion(final Schema current) throws IOException {
        final List<Schema> versions = ReleasedSchemas.versionsOf(current);
        final String latest =
                versions.isEmpty() ? "" : versions.get(versions.size() - 1).toString();

        if (!latest.equals(current.toString())) {
            final Path next = Path.of("target").resolve(ReleasedSchemas.fileOf(current, versions.size() + 1));
            Files.createDirectories(next.getParent());
            Files.writeString(next, SchemaFormatter.format("json/pretty", current) + "\n");
            assertThat(current.toString())
                    .as(
                            "%s differs from its latest version. If that version has been released, keep the new one: cp"
                                    + " schemas/%s schemas/%s; see schemas/released/README.md",
                            current.getName(), next, ReleasedSchemas.fileOf(current, versions.size() + 1))
                    .isEqualTo(latest);
        }
    }

    @Test
    void shouldFindAVersionInEachFileKept() {
        final List<Path> expected = new ArrayList<>();
        ReleasedSchemas.current().forEach(current -> {
            for (int version = 1; version <= ReleasedSchemas.versionsOf(current).size(); version++) {
                expected.add(ReleasedSchemas.fileOf(current, version));
            }
        });

        assertThat(ReleasedSchemas.files()).containsExactlyInAnyOrderElementsOf(expected);
    }
}
