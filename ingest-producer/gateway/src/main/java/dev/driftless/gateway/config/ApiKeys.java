package dev.driftless.gateway.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Who may send. Only SHA-256 digests of the keys are kept, and a key is compared with all of them in constant time.
 *
 * <p>Keys are random and long, so that a plain digest does: there is no dictionary of them to try.
 */
public final class ApiKeys {
    private static final String DIGEST_PREFIX = "sha256:";
    private static final int DIGEST_BYTES = 32;

    private final List<byte[]> digests;

    private ApiKeys(final List<byte[]> digests) {
        this.digests = digests;
    }

    /**
     * Keys as they are written in settings and files: the key itself, or {@code sha256:} and its digest in hex.
     *
     * @throws IllegalArgumentException if a digest is not 64 hex digits; the message does not contain it
     */
    public static ApiKeys of(final Stream<String> written) {
        return new ApiKeys(written.map(ApiKeys::digest).toList());
    }

    /** The lines of a file of keys: one a line; blank ones and those that start with # are passed over. */
    public static Stream<String> lines(final Stream<String> file) {
        return file.map(String::strip).filter(line -> !line.isEmpty() && !line.startsWith("#"));
    }

    /** Whether there are none, so that any key does. */
    public boolean isOpen() {
        return digests.isEmpty();
    }

    /** How many there are. */
    public int size() {
        return digests.size();
    }

    /** Whether a request with this key, or none, may send. */
    public boolean admit(final Optional<String> key) {
        if (isOpen()) {
            return true;
        }
        final byte[] presented = sha256(key.orElse(""));
        boolean isKnown = false;
        for (final byte[] digest : digests) {
            isKnown |= MessageDigest.isEqual(digest, presented);
        }
        return isKnown && key.isPresent();
    }

    private static byte[] digest(final String written) {
        if (!written.startsWith(DIGEST_PREFIX)) {
            return sha256(written);
        }
        try {
            final byte[] digest = HexFormat.of().parseHex(written.substring(DIGEST_PREFIX.length()));
            if (digest.length == DIGEST_BYTES) {
                return digest;
            }
        } catch (final IllegalArgumentException e) {
            throw notADigest(e);
        }
        throw notADigest(null);
    }

    private static IllegalArgumentException notADigest(final Exception cause) {
        return new IllegalArgumentException(
                "an API key that starts with 'sha256:' must go on with 64 hex digits", cause);
    }

    private static byte[] sha256(final String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
