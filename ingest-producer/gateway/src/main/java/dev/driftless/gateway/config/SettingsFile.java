package dev.driftless.gateway.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** A YAML file of settings as flat names; {@code kafka: {a.b: x}} is {@code kafka.a.b}. Lists become comma-separated. */
public final class SettingsFile {
    private static final ObjectMapper YAML = new ObjectMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private SettingsFile() {}

    /**
     * The settings of a file.
     *
     * @throws IllegalArgumentException if it cannot be read; the message does not quote it, as it may hold secrets
     */
    public static Map<String, String> read(final Path path) {
        final Map<String, String> settings = new TreeMap<>();
        try {
            flatten("", YAML.readTree(Files.readString(path)), settings);
        } catch (final JsonProcessingException e) {
            throw new IllegalArgumentException("file " + path + " is not valid YAML", e);
        } catch (final IOException e) {
            throw new IllegalArgumentException("file " + path + " cannot be read: " + e, e);
        }
        return settings;
    }

    private static void flatten(final String name, final JsonNode node, final Map<String, String> settings) {
        if (node.isObject()) {
            node.properties()
                    .forEach(child -> flatten(
                            name.isEmpty() ? child.getKey() : name + "." + child.getKey(), child.getValue(), settings));
        } else if (node.isArray()) {
            settings.put(
                    name,
                    StreamSupport.stream(node.spliterator(), false)
                            .map(JsonNode::asText)
                            .collect(Collectors.joining(",")));
        } else if (!node.isMissingNode() && !node.isNull()) {
            settings.put(name, node.asText());
        }
    }
}
