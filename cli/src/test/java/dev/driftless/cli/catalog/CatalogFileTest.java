package dev.driftless.cli.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.driftless.cli.CliException;
import dev.driftless.cli.file.Problem;
import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CatalogFileTest {
    private static final String GOOD = """
            features:
              - code: api_calls
                aggregation: COUNT
                unit: call
                effective:
                  - from: 2026-01-01
            """;

    @Test
    void shouldReadAllFieldsOfADefinition() throws JsonProcessingException {
        final CatalogFile file = CatalogFile.parse("""
                features:
                  - code: storage_gb_hours
                    aggregation: SUM
                    unit: GB h
                    description: Stored gigabytes times hours
                    effective:
                      - from: 2027-01-01T00:00:00+02:00
                      - from: 2026-01-01
                        until: 2026-06-30T22:00:00.001Z
                    minimum: -0.000000001
                    maximum: 12345678901234567890123456789.123456789
                    wholeNumbers: false
                    latePolicy: NEXT
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.features())
                .containsExactly(FeatureDefinition.newBuilder()
                        .setCode("storage_gb_hours")
                        .setRevision(0)
                        .setAggregation(Aggregation.SUM)
                        .setUnit("GB h")
                        .setDescription("Stored gigabytes times hours")
                        .setEffective(List.of(
                                new EffectiveInterval(
                                        Instant.parse("2026-01-01T00:00:00Z"),
                                        Instant.parse("2026-06-30T22:00:00.001Z")),
                                new EffectiveInterval(Instant.parse("2026-12-31T22:00:00Z"), null)))
                        .setMinimum(new BigDecimal("-0.000000001"))
                        .setMaximum(new BigDecimal("12345678901234567890123456789.123456789"))
                        .setWholeNumbers(false)
                        .setLatePolicy(LatePolicy.NEXT)
                        .build());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "code: api_calls | code: API-Calls | code 'API-Calls' must match",
                "code: api_calls | code: 12 | code '12' must match",
                "code: api_calls | kode: api_calls | code is missing",
                "aggregation: COUNT | aggregation: TOTAL | aggregation 'TOTAL' must be one of [SUM, COUNT, MAX,",
                "aggregation: COUNT | aggregation: OTHER | aggregation 'OTHER' must be one of [SUM, COUNT, MAX,",
                "aggregation: COUNT | aggregation: count | aggregation 'count' must be one of [SUM, COUNT, MAX,",
                "unit: call | unit: '' | unit '' must not be blank",
                "unit: call | unit: [a] | unit '[\"a\"]' must be a text of at most 50 characters",
                "from: 2026-01-01 | from: yesterday | effective[1].from 'yesterday' must be a time with offset",
                "from: 2026-01-01 | from: 2026-01-01T00:00:00 | effective[1].from '2026-01-01T00:00:00' must be",
                "from: 2026-01-01 | from: 2026-01-01T00:00:00.0001Z | effective[1].from '2026-01-01T00:00:00.0001Z'",
                "from: 2026-01-01 | until: 2026-01-01 | effective[1].from is missing: it must be a time",
                "unit: call | minimum: 1e-10 | minimum '1E-10' must be a number with at most 29 digits",
                "unit: call | maximum: many | maximum 'many' must be a number",
                "unit: call | wholeNumbers: 1 | wholeNumbers '1' must be true or false",
                "unit: call | latePolicy: DROP | latePolicy 'DROP' must be one of [AMEND, NEXT, REJECT]",
                "unit: call | groupBy: region | groupBy 'region' must be a list of at most 5 different names",
                "unit: call | groupBy: [a, a] | groupBy '[\"a\",\"a\"]' must be a list of at most 5 different",
                "unit: call | groupBy: [a, b, c, d, e, f] | must be a list of at most 5 different names",
                "unit: call | groupBy: ['', b] | must be a list of at most 5 different names",
                "aggregation: COUNT | aggregation: UNIQUE | uniqueProperty is missing: aggregation UNIQUE needs",
                "unit: call | uniqueProperty: user | uniqueProperty belongs to aggregation UNIQUE only",
                "unit: call | colour: red | colour is not a field: known are [aggregation, code,"
            })
    void shouldNameTheFieldTheValueAndWhatIsAllowed(final String good, final String bad, final String message)
            throws JsonProcessingException {
        final CatalogFile file = CatalogFile.parse(GOOD.replace(good, bad));

        assertThat(file.problems()).extracting(Problem::toString).anyMatch(problem -> problem.contains(message));
    }

    @ParameterizedTest
    @EnumSource(value = Aggregation.class, mode = EnumSource.Mode.EXCLUDE, names = "OTHER")
    void shouldReadEveryAggregation(final Aggregation aggregation) throws JsonProcessingException {
        final String unique = aggregation == Aggregation.UNIQUE ? "\n    uniqueProperty: user_id" : "";

        final CatalogFile file =
                CatalogFile.parse(GOOD.replace("aggregation: COUNT", "aggregation: " + aggregation + unique));

        assertThat(file.problems()).isEmpty();
        assertThat(file.features())
                .extracting(FeatureDefinition::getAggregation)
                .containsExactly(aggregation);
    }

    @Test
    void shouldReadTheUniquePropertyAndTheGroupsInAscendingOrder() throws JsonProcessingException {
        final CatalogFile file = CatalogFile.parse("""
                features:
                  - code: active_users
                    aggregation: UNIQUE
                    uniqueProperty: user_id
                    groupBy: [region, model]
                    unit: user
                    effective:
                      - from: 2026-01-01
                """);

        assertThat(file.problems()).isEmpty();
        assertThat(file.features()).singleElement().satisfies(feature -> {
            assertThat(feature.getUniqueProperty()).isEqualTo("user_id");
            assertThat(feature.getGroupBy()).containsExactly("model", "region");
        });
    }

    @Test
    void shouldTellAllProblemsOfAFileAtOnce() throws JsonProcessingException {
        final CatalogFile file = CatalogFile.parse("""
                features:
                  - code: Bad
                    unit: call
                    effective: []
                  - code: api_calls
                    aggregation: SUM
                    unit: call
                    effective:
                      - from: 2026-01-01
                        until: 2026-01-01
                  - code: api_calls
                    aggregation: SUM
                    unit: call
                    effective:
                      - from: 2026-01-01
                      - from: 2027-01-01
                colours: []
                """);

        assertThat(file.problems())
                .extracting(problem -> problem.subject() + "." + problem.field())
                .containsExactlyInAnyOrder(
                        "file.colours",
                        "Bad.code",
                        "Bad.aggregation",
                        "Bad.effective",
                        "api_calls.effective[1].until",
                        "api_calls.effective",
                        "api_calls.code");
    }

    @ParameterizedTest
    @CsvSource({"''", "features:", "features: []", "features: many", "'[1, 2]'"})
    void shouldRefuseAFileWithoutFeatures(final String yaml) throws JsonProcessingException {
        assertThat(CatalogFile.parse(yaml).problems())
                .contains(new Problem("file", "features", "must be a list of at least one feature"));
    }

    @Test
    void shouldSayWhereAFileIsNotYaml(@TempDir final Path directory) throws IOException {
        final Path file = Files.writeString(directory.resolve("catalog.yaml"), "features:\n  - code: [a\n");

        assertThatThrownBy(() -> CatalogFile.read(file))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("is not YAML that can be read: line ")
                .hasMessageEndingWith("expected ',' or ']', but got <stream end>");
    }

    @Test
    void shouldRefuseAFieldThatIsGivenTwice(@TempDir final Path directory) throws IOException {
        final Path file = Files.writeString(
                directory.resolve("catalog.yaml"), GOOD.replace("unit: call", "unit: call\n    unit: request"));

        assertThatThrownBy(() -> CatalogFile.read(file))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("Duplicate field 'unit'");
    }

    @Test
    void shouldSayThatThereIsNoSuchFile(@TempDir final Path directory) {
        assertThatThrownBy(() -> CatalogFile.read(directory.resolve("absent.yaml")))
                .isInstanceOf(CliException.class)
                .hasMessageStartingWith("no such file: ");
    }
}
