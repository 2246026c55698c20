package dev.driftless.streams.domain;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * SHA-256 of a customer id and an idempotency key: the length of the customer id in bytes as 4 bytes big-endian, the
 * customer id as UTF-8, the idempotency key as UTF-8. The length keeps {@code ("ab", "c")} and {@code ("a", "bc")}
 * apart.
 *
 * <p>The first 16 bytes name the pair in the dedup store. Among n pairs two share them with a probability of about
 * n^2 / 2^129: for 10^12 pairs, 1.5e-15. SHA-256 is used, not a faster hash, because customers choose their keys, and
 * nobody may be able to choose two that collide.
 */
public final class KeyHash {
    /** Bytes that name the pair in the dedup store. */
    public static final int NAME_BYTES = 16;

    private final byte[] hash;

    private KeyHash(final byte[] hash) {
        this.hash = hash;
    }

    /** The hash of one pair. */
    public static KeyHash of(final String customerId, final String idempotencyKey) {
        final byte[] customer = customerId.getBytes(UTF_8);
        final MessageDigest sha256 = Sha256.digest();
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(customer.length).array());
        sha256.update(customer);
        sha256.update(idempotencyKey.getBytes(UTF_8));
        return new KeyHash(sha256.digest());
    }

    /** The first 16 bytes. */
    public byte[] name() {
        return Arrays.copyOf(hash, NAME_BYTES);
    }

    /** All 32 bytes. */
    public byte[] bytes() {
        return hash.clone();
    }
}
