package dev.driftless.streams.app;

import dev.driftless.streams.app.config.Setting;
import dev.driftless.streams.app.config.SettingSources;
import dev.driftless.streams.app.config.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.ArgGroupSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * The settings as options of a command: one flag for each row of the table, and {@code --config}, {@code --kafka} and
 * {@code --schema-registry}.
 */
public final class SettingsOptions {
    private static final String CONFIG = "--config";
    private static final String KAFKA = "--kafka";
    private static final String SCHEMA_REGISTRY = "--schema-registry";

    private SettingsOptions() {}

    /** Adds the options to a command. */
    public static void addTo(final CommandSpec command) {
        command.addOption(OptionSpec.builder("-c", CONFIG)
                .paramLabel("FILE")
                .type(Path.class)
                .description("YAML file with settings (environment variable: " + SettingSources.CONFIG_FILE + ").")
                .build());
        command.addOption(raw(
                KAFKA,
                "Raw setting of the Kafka clients, for instance security.protocol=SASL_SSL or "
                        + "main.consumer.max.poll.records=500. Repeatable; secrets are better off in the file or the "
                        + "environment."));
        command.addOption(raw(
                SCHEMA_REGISTRY,
                "Raw setting of the schema registry's client, for instance "
                        + "basic.auth.credentials.source=USER_INFO. Repeatable."));
        groups().forEach((heading, settings) -> command.addArgGroup(group(heading, settings)));
    }

    /** What the command line and the environment, and the file they name, give. */
    public static SettingSources sources(final ParseResult parsed, final Map<String, String> environment) {
        final Map<String, String> flags = new LinkedHashMap<>();
        Settings.all().stream()
                .filter(setting -> parsed.hasMatchedOption(setting.flag()))
                .forEach(setting -> flags.put(setting.name(), parsed.matchedOptionValue(setting.flag(), "")));
        rawValues(parsed, KAFKA).forEach((name, value) -> flags.put(SettingSources.KAFKA + name, value));
        rawValues(parsed, SCHEMA_REGISTRY)
                .forEach((name, value) -> flags.put(SettingSources.SCHEMA_REGISTRY + name, value));
        return SettingSources.of(
                Optional.ofNullable(parsed.matchedOptionValue(CONFIG, (Path) null)), environment, flags);
    }

    private static Map<String, String> rawValues(final ParseResult parsed, final String option) {
        return parsed.matchedOptionValue(option, Map.of());
    }

    private static OptionSpec raw(final String name, final String description) {
        return OptionSpec.builder(name)
                .paramLabel("NAME=VALUE")
                .type(Map.class)
                .auxiliaryTypes(String.class, String.class)
                .description(description)
                .build();
    }

    private static Map<String, List<Setting<?>>> groups() {
        final Map<String, List<Setting<?>>> groups = new LinkedHashMap<>();
        Settings.all().forEach(setting -> groups.computeIfAbsent(setting.group(), heading -> new ArrayList<>())
                .add(setting));
        return groups;
    }

    private static ArgGroupSpec group(final String heading, final List<Setting<?>> settings) {
        final ArgGroupSpec.Builder group =
                ArgGroupSpec.builder().validate(false).multiplicity("0..1").heading("%n" + heading + "%n");
        settings.forEach(setting -> group.addArg(OptionSpec.builder(setting.flag())
                .paramLabel(setting.type().placeholder())
                .type(String.class)
                .description((setting.description() + " Default: " + setting.defaultText() + ".").replace("%", "%%"))
                .build()));
        return group.build();
    }
}
