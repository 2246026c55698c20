package dev.driftless.cli.topics;

import dev.driftless.cli.CliException;
import dev.driftless.cli.ConnectionOptions;
import dev.driftless.streams.app.config.AppConfig;
import dev.driftless.streams.app.config.ConfigException;
import dev.driftless.streams.app.config.SettingSources;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The application's configuration, as far as a command needs it. */
public final class TopicsOptions {
    @Mixin
    private ConnectionOptions connection;

    @Option(
            names = {"-c", "--config"},
            paramLabel = "FILE",
            description = "The application's configuration file; it says where the brokers and the registry are, unless"
                    + " flags or the environment do.")
    private Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A setting of the application, for instance partitions=12, replication-factor=3 or"
                    + " topics.usage-events=usage. Repeatable; comes before the environment and the file.")
    private Map<String, String> settings = new LinkedHashMap<>();

    /**
     * The configuration, from flags, environment and file.
     *
     * @throws CliException if it is wrong, with all that is
     */
    public AppConfig config() {
        final Map<String, String> flags = new LinkedHashMap<>(settings);
        if (file == null || connection.isBootstrapServersGiven()) {
            flags.put("bootstrap-servers", connection.bootstrapServers());
        }
        if (file == null || connection.isSchemaRegistryUrlGiven()) {
            flags.put("schema-registry-url", connection.schemaRegistryUrl());
        }
        try {
            return AppConfig.from(SettingSources.of(Optional.ofNullable(file), System.getenv(), flags));
        } catch (final ConfigException wrong) {
            throw new CliException(wrong.getMessage(), wrong);
        }
    }
}
