package dev.driftless.schemas.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.toUnmodifiableSet;

import java.net.URLDecoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A key without the key: the SHA-256 of it, and what it may be used for.
 *
 * <p>A plain digest does, because keys are random and long: there is no dictionary of them to try.
 */
public final class ApiKey {
    private static final String DIGEST_PREFIX = "sha256:";
    private static final int DIGEST_BYTES = 32;

    private final byte[] digest;
    private final Set<Scope> scopes;
    private final Set<String> customers;

    private ApiKey(final byte[] digest, final Set<Scope> scopes, final Set<String> customers) {
        this.digest = digest;
        this.scopes = scopes;
        this.customers = customers;
    }

    /**
     * A key as it is written in settings and files: the key itself, or {@code sha256:} and its digest in hex; then,
     * parted by blanks, {@code scope=ingest}, {@code scope=query} or {@code scope=ingest,query} (without it: ingest),
     * and {@code customers=ID,ID} (without it: all). In a customer's id, blanks, commas and percent signs are written as
     * in addresses: {@code %20}, {@code %2C}, {@code %25}.
     *
     * @throws IllegalArgumentException saying what is wrong; the message does not contain the key
     */
    public static ApiKey parse(final String written) {
        final String[] parts = written.strip().split("\\s+");
        Set<Scope> scopes = EnumSet.of(Scope.INGEST);
        Set<String> customers = Set.of();
        for (final String attribute : Arrays.asList(parts).subList(1, parts.length)) {
            if (attribute.startsWith("scope=")) {
                scopes = values(attribute).map(Scope::parse).collect(toUnmodifiableSet());
            } else if (attribute.startsWith("customers=")) {
                customers = values(attribute).map(ApiKey::decoded).collect(toUnmodifiableSet());
            } else {
                throw new IllegalArgumentException("what follows an API key must start with scope= or customers=");
            }
        }
        return new ApiKey(digest(parts[0]), scopes, customers);
    }

    /** A key that may do everything: whoever comes where no keys are configured. */
    static ApiKey anyone() {
        return new ApiKey(new byte[DIGEST_BYTES], EnumSet.allOf(Scope.class), Set.of());
    }

    /** The SHA-256 of a key. */
    static byte[] sha256(final String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(UTF_8));
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Compares all bytes, whether or not the first ones differ. */
    boolean hasDigest(final byte[] presented) {
        return MessageDigest.isEqual(digest, presented);
    }

    /** Whether it may be used for that. */
    public boolean allows(final Scope scope) {
        return scopes.contains(scope);
    }

    /** Whether it may be used for usage of that customer. */
    public boolean allows(final String customer) {
        return customers.isEmpty() || customers.contains(customer);
    }

    /** Whether it may be used for some customers only. */
    public boolean isOfSomeCustomers() {
        return !customers.isEmpty();
    }

    /** What tells it from others: the digest's first bytes in hex. Not a secret; for logs and metrics. */
    public String id() {
        return HexFormat.of().formatHex(digest, 0, Integer.BYTES);
    }

    private static Stream<String> values(final String attribute) {
        final String list = attribute.substring(attribute.indexOf('=') + 1);
        if (list.isEmpty()) {
            throw new IllegalArgumentException(attribute + " must be followed by at least one value");
        }
        return Arrays.stream(list.split(",", -1));
    }

    private static String decoded(final String customer) {
        if (customer.isEmpty()) {
            throw new IllegalArgumentException("customers= must not have an empty customer among its values");
        }
        return URLDecoder.decode(customer.replace("+", "%2B"), UTF_8);
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
}
