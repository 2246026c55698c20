package dev.driftless.streams.app.config;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where brokers and registry are found, and how one speaks to them.
 *
 * @param bootstrapServers as Kafka's clients take it
 * @param schemaRegistryUrls at least one
 * @param kafka raw settings of the Kafka clients, which may hold secrets
 * @param schemaRegistry raw settings of the registry's client, which may hold secrets
 */
public record ConnectionConfig(
        String bootstrapServers,
        List<String> schemaRegistryUrls,
        Map<String, String> kafka,
        Map<String, String> schemaRegistry) {
    public ConnectionConfig {
        schemaRegistryUrls = List.copyOf(schemaRegistryUrls);
        kafka = Map.copyOf(kafka);
        schemaRegistry = Map.copyOf(schemaRegistry);
    }

    static ConnectionConfig of(
            final String bootstrapServers,
            final String schemaRegistryUrls,
            final Map<String, String> kafka,
            final Map<String, String> schemaRegistry) {
        return new ConnectionConfig(
                bootstrapServers.replace(" ", ""),
                Arrays.stream(schemaRegistryUrls.split(",", -1))
                        .map(String::strip)
                        .toList(),
                kafka,
                schemaRegistry);
    }

    /** The addresses and the names of the raw settings; no value that may be secret. */
    @Override
    public String toString() {
        return "Kafka at " + bootstrapServers + " " + new TreeMap<>(kafka).keySet() + ", schema registry at "
                + String.join(",", schemaRegistryUrls) + " " + new TreeMap<>(schemaRegistry).keySet();
    }
}
