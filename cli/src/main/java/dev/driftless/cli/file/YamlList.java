package dev.driftless.cli.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.driftless.cli.CliException;
import dev.driftless.schemas.rules.Violation;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A YAML file of one key, which holds a list.
 *
 * @param entries the list's entries, unread
 * @param problems what is wrong beside the entries
 */
public record YamlList(List<JsonNode> entries, List<Problem> problems) {
    private static final String FILE = "file";
    private static final ObjectMapper YAML = YAMLMapper.builder(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    public YamlList {
        entries = List.copyOf(entries);
        problems = List.copyOf(problems);
    }

    /** Makes something of a text. */
    @FunctionalInterface
    public interface Parser<T> {
        /**
         * Reads the text.
         *
         * @throws JsonProcessingException if it is not YAML, or a mapping has a key twice
         */
        T parse(String yaml) throws JsonProcessingException;
    }

    /**
     * Reads a file.
     *
     * @throws CliException if it cannot be read or is not YAML
     */
    public static <T> T read(final Path file, final Parser<T> parser) {
        try {
            return parser.parse(Files.readString(file));
        } catch (final NoSuchFileException absent) {
            throw new CliException("no such file: " + file, absent);
        } catch (final JsonProcessingException malformed) {
            throw new CliException(file + " is not YAML that can be read: " + located(malformed), malformed);
        } catch (final CharacterCodingException malformed) {
            throw new CliException(file + " must be UTF-8 text", malformed);
        } catch (final IOException unreadable) {
            throw new CliException("cannot read " + file + ": " + unreadable, unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param key the key
     * @param entry what an entry is, for messages
     * @throws JsonProcessingException if it is not YAML, or a mapping has a key twice
     */
    public static YamlList parse(final String yaml, final String key, final String entry)
            throws JsonProcessingException {
        final JsonNode root = YAML.readTree(yaml);
        final List<Problem> problems = new ArrayList<>();
        root.fieldNames().forEachRemaining(field -> {
            if (!field.equals(key)) {
                problems.add(new Problem(FILE, Violation.shown(field), "is not a key: known is [" + key + "]"));
            }
        });
        final JsonNode list = root.path(key);
        if (!list.isArray() || list.isEmpty()) {
            problems.add(new Problem(FILE, key, "must be a list of at least one " + entry));
        }
        return new YamlList(
                list.isArray() ? StreamSupport.stream(list.spliterator(), false).toList() : List.of(), problems);
    }

    /** A problem for each entry whose text in a field stood in an earlier entry. */
    public List<Problem> repeated(final String field) {
        final Set<String> seen = new HashSet<>();
        return entries.stream()
                .map(entry -> entry.path(field))
                .filter(value -> value.isTextual() && !seen.add(value.textValue()))
                .map(value -> new Problem(Violation.shown(value.textValue()), field, "stands in the file twice"))
                .toList();
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
}
