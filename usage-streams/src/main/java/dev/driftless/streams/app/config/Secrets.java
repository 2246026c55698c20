package dev.driftless.streams.app.config;

import java.util.Locale;
import java.util.regex.Pattern;

/** Keeps what is secret out of logs and messages. */
final class Secrets {
    private static final Pattern SECRET = Pattern.compile(
            "password|secret|credential(?!s\\.source)|jaas|token(?!\\.endpoint)|user\\.info|keystore\\.key|certificate\\.chain|assertion|apikey|api\\.key");

    private Secrets() {}

    /** Whether a setting of this name may hold a secret. */
    static boolean isSecret(final String setting) {
        return SECRET.matcher(setting.toLowerCase(Locale.ROOT)).find();
    }

    /** The value in quotes, or, if it may be secret, that it is not shown. */
    static String shown(final String setting, final String value) {
        return isSecret(setting) ? "(not shown)" : "'" + withoutUserInfo(value) + "'";
    }

    private static String withoutUserInfo(final String value) {
        return value.replaceAll("//[^/@\\s]*@", "//(not shown)@");
    }
}
