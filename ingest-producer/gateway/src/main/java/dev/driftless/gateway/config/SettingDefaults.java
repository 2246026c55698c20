package dev.driftless.gateway.config;

import static java.util.Objects.requireNonNull;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.IDefaultValueProvider;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Takes what no flag gives from the environment, then from the file. A setting has one name in all three. */
public final class SettingDefaults implements IDefaultValueProvider {
    private static final String PREFIX = "DRIFTLESS_";

    private final Map<String, String> environment;
    private final Map<String, String> file;

    public SettingDefaults(final Map<String, String> environment, final Map<String, String> file) {
        this.environment = requireNonNull(environment);
        this.file = requireNonNull(file);
    }

    /** {@code http-port} is {@code DRIFTLESS_HTTP_PORT}, {@code topics.usage-events DRIFTLESS_TOPICS_USAGE_EVENTS}. */
    public static String environmentName(final String setting) {
        return PREFIX + setting.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    @Override
    public String defaultValue(final ArgSpec argument) {
        return argument instanceof OptionSpec option
                ? value(option.longestName().replaceFirst("^--", "")).orElse(null)
                : null;
    }

    /** An empty variable counts as not given. */
    private Optional<String> value(final String setting) {
        return Optional.ofNullable(environment.get(environmentName(setting)))
                .filter(text -> !text.isEmpty())
                .or(() -> Optional.ofNullable(file.get(setting)));
    }
}
