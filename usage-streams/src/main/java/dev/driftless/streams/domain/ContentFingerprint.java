package dev.driftless.streams.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.rules.FieldRules;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;

/**
 * Tells a retry from a conflict: two events of one customer and idempotency key are the same event if their fingerprints
 * are equal.
 *
 * <p>It covers the feature, the value as a number (1 and 1.0 are equal), the properties whatever their order, the kind
 * and the voided key. It does not cover occurred-at: clients stamp a retry anew. It is the first 8 bytes of a SHA-256,
 * so that another content passes for a retry by chance once in 2^64 conflicts.
 */
public final class ContentFingerprint {
    private ContentFingerprint() {}

    /** The fingerprint of an event's content. */
    public static long of(final Event event) {
        final MessageDigest sha256 = Sha256.digest();
        update(sha256, event.feature());
        update(sha256, event.value().setScale(FieldRules.SCALE).unscaledValue().toByteArray());
        update(sha256, event.kind().name());
        update(sha256, event.voidedKey().map(key -> "=" + key).orElse(""));
        for (final Map.Entry<String, String> property : new TreeMap<>(event.properties()).entrySet()) {
            update(sha256, property.getKey());
            update(sha256, property.getValue());
        }
        return ByteBuffer.wrap(sha256.digest()).getLong();
    }

    private static void update(final MessageDigest digest, final String text) {
        update(digest, text.getBytes(UTF_8));
    }

    private static void update(final MessageDigest digest, final byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }
}
