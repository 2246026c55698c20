package dev.driftless.gateway.config;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Settings that are passed on to a library as they are: {@code kafka.*} and {@code schema-registry.*}. */
final class RawSettings {
    private RawSettings() {}

    /**
     * All raw settings under a name: flags over environment over file.
     *
     * <p>In the environment an underscore stands for a dot, two for an underscore, three for a hyphen.
     */
    static Map<String, String> of(
            final String name,
            final Map<String, String> environment,
            final Map<String, String> file,
            final Map<String, String> flags) {
        final Map<String, String> all = new HashMap<>();
        addAll(all, file, name + ".");
        final Map<String, String> variables = new HashMap<>();
        addAll(variables, environment, SettingDefaults.environmentName(name) + "_");
        variables.forEach((variable, value) -> all.put(raw(variable), value));
        all.putAll(flags);
        return all;
    }

    private static void addAll(final Map<String, String> to, final Map<String, String> from, final String prefix) {
        from.forEach((setting, value) -> {
            if (setting.startsWith(prefix) && !value.isEmpty()) {
                to.put(setting.substring(prefix.length()), value);
            }
        });
    }

    private static String raw(final String variable) {
        return variable.replace("___", "-")
                .replace("__", "\0")
                .replace('_', '.')
                .replace('\0', '_')
                .toLowerCase(Locale.ROOT);
    }
}
