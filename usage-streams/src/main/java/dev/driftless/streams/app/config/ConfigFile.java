package dev.driftless.streams.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * A YAML file as flat names: {@code topics: {usage-events: x}} and {@code topics.usage-events: x} are the same. A list
 * becomes its elements separated by commas.
 */
final class ConfigFile {
    private final Path path;
    private final Map<String, RawValue> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigFile(final Path path) {
        this.path = path;
    }

    static ConfigFile read(final Path path) {
        final ConfigFile file = new ConfigFile(path);
        try {
            final ObjectMapper mapper = new ObjectMapper(YAMLFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build());
            file.addAll(mapper.readTree(Files.readString(path)));
        } catch (final JsonProcessingException e) {
            file.problem("is not valid YAML at " + placeOf(e));
        } catch (final NoSuchFileException e) {
            file.problem("does not exist");
        } catch (final IOException e) {
            file.problem("cannot be read: " + e);
        }
        return file;
    }

    Map<String, RawValue> values() {
        return values;
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    /** Only the place: the parser's own message quotes the file, which may hold a password. */
    private static String placeOf(final JsonProcessingException e) {
        return Optional.ofNullable(e.getLocation())
                .map(place -> "line " + place.getLineNr() + ", column " + place.getColumnNr())
                .orElse("an unknown place");
    }

    private void addAll(final JsonNode root) {
        if (root.isObject()) {
            add("", root);
        } else if (!root.isMissingNode() && !root.isNull()) {
            problem("must hold names and values, like 'application-id: driftless'");
        }
    }

    private void add(final String name, final JsonNode node) {
        if (node.isObject()) {
            node.properties()
                    .forEach(child ->
                            add(name.isEmpty() ? child.getKey() : name + "." + child.getKey(), child.getValue()));
        } else if (node.isArray()) {
            put(
                    name,
                    StreamSupport.stream(node.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(",")));
        } else if (node.isNull()) {
            problems.add(new ConfigProblem(name, Optional.of("nothing (" + source() + ")"), "must have a value"));
        } else {
            put(name, node.asText());
        }
    }

    private void put(final String name, final String text) {
        if (values.put(name, new RawValue(text, source())) != null) {
            problems.add(new ConfigProblem(name, Optional.empty(), "is given twice in " + source()));
        }
    }

    private void problem(final String message) {
        problems.add(new ConfigProblem(source(), Optional.empty(), message));
    }

    private String source() {
        return "file " + path;
    }
}
