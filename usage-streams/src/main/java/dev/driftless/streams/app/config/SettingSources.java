package dev.driftless.streams.app.config;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What was given for each setting, by whom. In order of precedence:
 *
 * <ol>
 *   <li>flags on the command line
 *   <li>environment variables; an empty one counts as not given
 *   <li>the YAML file that the flag {@code --config} or else the environment variable {@code DRIFTLESS_CONFIG} names
 *   <li>defaults
 * </ol>
 *
 * <p>What starts with {@link #KAFKA} or {@link #SCHEMA_REGISTRY} goes to the Kafka clients or the registry's client. In
 * the environment, {@code DRIFTLESS_KAFKA_SASL_MECHANISM} is {@code kafka.sasl.mechanism}: an underscore stands for a dot,
 * two for an underscore, three for a hyphen, as in Kafka's own images.
 */
public final class SettingSources {
    /** What raw settings of the Kafka clients start with. */
    public static final String KAFKA = "kafka.";
    /** What raw settings of the schema registry's client start with. */
    public static final String SCHEMA_REGISTRY = "schema-registry.";
    /** Environment variable that names the file. */
    public static final String CONFIG_FILE = Setting.ENVIRONMENT_PREFIX + "CONFIG";

    private static final List<String> PREFIXES = List.of(KAFKA, SCHEMA_REGISTRY);
    private static final List<String> OTHER_VARIABLES =
            List.of(CONFIG_FILE, Setting.ENVIRONMENT_PREFIX + "LOG_FORMAT", Setting.ENVIRONMENT_PREFIX + "LOG_LEVEL");

    private final Map<String, RawValue> values = new LinkedHashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();

    private SettingSources() {}

    /**
     * Collects from all sources. Never fails: what is wrong comes to light in {@link AppConfig#from}.
     *
     * @param file the YAML file, if the command line names one
     * @param environment all environment variables
     * @param flags name of a setting, without hyphens in front, to its text
     */
    public static SettingSources of(
            final Optional<Path> file, final Map<String, String> environment, final Map<String, String> flags) {
        final SettingSources sources = new SettingSources();
        file.or(() -> Optional.ofNullable(environment.get(CONFIG_FILE))
                        .filter(path -> !path.isBlank())
                        .map(Path::of))
                .ifPresent(sources::addFile);
        sources.addEnvironment(environment);
        flags.forEach((name, text) -> sources.addNamed(name, new RawValue(text, "flag --" + flagOf(name))));
        return sources;
    }

    Optional<RawValue> find(final Setting<?> setting) {
        return Optional.ofNullable(values.get(setting.name()));
    }

    /** What was given under a prefix, by the rest of the name. */
    Map<String, RawValue> under(final String prefix) {
        return values.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(prefix))
                .collect(Collectors.toMap(
                        entry -> entry.getKey().substring(prefix.length()),
                        Map.Entry::getValue,
                        (first, second) -> second,
                        TreeMap::new));
    }

    List<ConfigProblem> problems() {
        return problems;
    }

    List<String> warnings() {
        return warnings;
    }

    private void addFile(final Path path) {
        final ConfigFile file = ConfigFile.read(path);
        problems.addAll(file.problems());
        file.values().forEach(this::addNamed);
    }

    private void addNamed(final String name, final RawValue value) {
        if (isKnown(name)) {
            values.put(name, value);
        } else {
            problems.add(ConfigProblem.of(name, value, "there is no such setting" + Suggestion.text(name, names())));
        }
    }

    /** Raw settings are given as {@code --kafka NAME=VALUE}. */
    private static String flagOf(final String name) {
        return PREFIXES.stream()
                .filter(name::startsWith)
                .findFirst()
                .map(prefix -> prefix.substring(0, prefix.length() - 1))
                .orElse(name);
    }

    private static boolean isKnown(final String name) {
        return names().contains(name)
                || PREFIXES.stream().anyMatch(prefix -> name.startsWith(prefix) && name.length() > prefix.length());
    }

    private static List<String> names() {
        return Settings.all().stream().<String>map(Setting::name).toList();
    }

    private void addEnvironment(final Map<String, String> environment) {
        final Map<String, Setting<?>> settings =
                Settings.all().stream().collect(Collectors.toMap(Setting::environmentName, Function.identity()));
        new TreeMap<>(environment).forEach((variable, text) -> {
            if (!variable.startsWith(Setting.ENVIRONMENT_PREFIX) || text.isBlank()) {
                return;
            }
            final RawValue value = new RawValue(text, "environment variable " + variable);
            if (settings.containsKey(variable)) {
                values.put(settings.get(variable).name(), value);
            } else if (!OTHER_VARIABLES.contains(variable)) {
                rawName(variable)
                        .ifPresentOrElse(name -> values.put(name, value), () -> warn(variable, settings.keySet()));
            }
        });
    }

    private static Optional<String> rawName(final String variable) {
        return PREFIXES.stream()
                .filter(prefix -> variable.startsWith(variableOf(prefix))
                        && variable.length() > variableOf(prefix).length())
                .map(prefix ->
                        prefix + dotted(variable.substring(variableOf(prefix).length())))
                .findFirst();
    }

    private static String variableOf(final String prefix) {
        return Setting.ENVIRONMENT_PREFIX
                + prefix.replace('-', '_').replace('.', '_').toUpperCase(Locale.ROOT);
    }

    private static String dotted(final String words) {
        return words.toLowerCase(Locale.ROOT)
                .replace("___", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_');
    }

    /** Not an error: an orchestrator adds variables of its own, like {@code DRIFTLESS_SERVICE_HOST}. */
    private void warn(final String variable, final Set<String> known) {
        final List<String> names =
                known.stream().map(SettingSources::withoutPrefix).toList();
        Suggestion.of(withoutPrefix(variable), names)
                .ifPresent(meant -> warnings.add("environment variable " + variable + " is not a setting; did you mean "
                        + Setting.ENVIRONMENT_PREFIX + meant + "?"));
    }

    private static String withoutPrefix(final String variable) {
        return variable.substring(Setting.ENVIRONMENT_PREFIX.length());
    }
}
