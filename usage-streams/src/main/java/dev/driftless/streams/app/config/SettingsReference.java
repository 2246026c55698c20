package dev.driftless.streams.app.config;

import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The table of settings as text. */
public final class SettingsReference {
    private SettingsReference() {}

    /** The reference of all settings in Markdown: a table for each group. */
    public static String markdown() {
        return groups().map(group -> "### " + group + "\n\n"
                        + "| setting | environment variable | default | what it does; what is allowed |\n"
                        + "|---|---|---|---|\n"
                        + Settings.all().stream()
                                .filter(setting -> setting.group().equals(group))
                                .map(SettingsReference::row)
                                .collect(Collectors.joining()))
                .collect(Collectors.joining("\n"));
    }

    /** The headings, in order. */
    private static Stream<String> groups() {
        return Settings.all().stream().<String>map(Setting::group).distinct();
    }

    /** Default as one would write it, or how it follows. */
    private static String defaultOf(final Setting<?> setting) {
        return setting.derived() ? setting.defaultText() : "`" + setting.defaultText() + "`";
    }

    private static String row(final Setting<?> setting) {
        return "| `" + setting.name() + "` | `" + setting.environmentName() + "` | " + defaultOf(setting) + " | "
                + setting.description() + " " + sentence(setting.type().allowed()) + " |\n";
    }

    private static String sentence(final String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + ".";
    }
}
