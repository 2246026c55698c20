package dev.driftless.cli.catalog;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.driftless.cli.CliException;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.rules.Violation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a catalog file says. It is YAML with one key {@code features}, a list of definitions whose fields are those of
 * the schema {@code FeatureDefinition} but for the revision.
 *
 * @param features the definitions, not published yet; complete only where there are no problems
 * @param problems all that is wrong with the file
 */
public record CatalogFile(List<FeatureDefinition> features, List<Problem> problems) {
    private static final String FEATURES = "features";
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public CatalogFile {
        features = List.copyOf(features);
        problems = List.copyOf(problems);
    }

    /**
     * Reads a file.
     *
     * @throws CliException if it cannot be read or is not YAML
     */
    public static CatalogFile read(final Path file) {
        try {
            return parse(Files.readString(file));
        } catch (final NoSuchFileException absent) {
            throw new CliException("no such file: " + file, absent);
        } catch (final JsonProcessingException malformed) {
            throw new CliException(file + " is not YAML that can be read: " + located(malformed), malformed);
        } catch (final IOException unreadable) {
            throw new CliException("cannot read " + file + ": " + unreadable, unreadable);
        }
    }

    private static String located(final JsonProcessingException malformed) {
        final String where = malformed.getLocation() == null
                ? ""
                : "line " + malformed.getLocation().getLineNr() + ", column "
                        + malformed.getLocation().getColumnNr() + ": ";
        // Lines that start with a space quote the file.
        return where
                + malformed
                        .getOriginalMessage()
                        .lines()
                        .filter(line -> !line.startsWith(" "))
                        .collect(Collectors.joining(": "));
    }

    /**
     * Reads a text.
     *
     * @throws JsonProcessingException if it is not YAML, or a mapping has a key twice
     */
    public static CatalogFile parse(final String yaml) throws JsonProcessingException {
        final JsonNode root = YAML.readTree(yaml);
        final List<Problem> problems = new ArrayList<>();
        root.fieldNames().forEachRemaining(field -> {
            if (!field.equals(FEATURES)) {
                problems.add(new Problem("file", Violation.shown(field), "is not a key: known is [features]"));
            }
        });
        final JsonNode list = root.path(FEATURES);
        if (!list.isArray() || list.isEmpty()) {
            problems.add(new Problem("file", FEATURES, "must be a list of at least one feature"));
        }
        final List<FeatureDefinition> features = new ArrayList<>();
        for (int place = 0; place < list.size(); place++) {
            final FeatureReader reader = new FeatureReader(list.get(place), place + 1);
            reader.read().ifPresent(features::add);
            problems.addAll(reader.problems());
        }
        problems.addAll(repeated(list));
        return new CatalogFile(features, problems);
    }

    private static List<Problem> repeated(final JsonNode list) {
        final Set<String> seen = new HashSet<>();
        final List<Problem> problems = new ArrayList<>();
        for (final JsonNode code : list.findValues("code")) {
            if (code.isTextual() && !seen.add(code.textValue())) {
                problems.add(new Problem(Violation.shown(code.textValue()), "code", "stands in the file twice"));
            }
        }
        return problems;
    }
}
