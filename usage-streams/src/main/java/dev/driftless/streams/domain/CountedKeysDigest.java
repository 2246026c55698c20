package dev.driftless.streams.domain;

import java.math.BigInteger;
import java.util.Arrays;

/**
 * Order-independent digest of a set of counted keys: the sum of their {@link KeyHash}es modulo 2^256. Unlike an
 * exclusive-or, it does not return to what it was when a key is counted twice.
 */
public final class CountedKeysDigest {
    /** The digest of no keys. */
    public static final CountedKeysDigest EMPTY = new CountedKeysDigest(new byte[32]);

    private static final int BYTES = 32;

    private final byte[] sum;

    private CountedKeysDigest(final byte[] sum) {
        this.sum = sum;
    }

    /**
     * The digest that {@link #bytes()} gave.
     *
     * @throws IllegalArgumentException if these are not 32 bytes
     */
    public static CountedKeysDigest of(final byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a digest has " + BYTES + " bytes, not " + bytes.length);
        }
        return new CountedKeysDigest(bytes.clone());
    }

    /** The digest of these keys and one more. */
    public CountedKeysDigest plus(final KeyHash key) {
        final byte[] addend = key.bytes();
        final byte[] total = new byte[BYTES];
        int carry = 0;
        for (int i = BYTES - 1; i >= 0; i--) {
            carry += Byte.toUnsignedInt(sum[i]) + Byte.toUnsignedInt(addend[i]);
            total[i] = (byte) carry;
            carry >>>= Byte.SIZE;
        }
        return new CountedKeysDigest(total);
    }

    /** The digest of these keys without one. */
    public CountedKeysDigest minus(final KeyHash key) {
        final byte[] subtrahend = key.bytes();
        final byte[] rest = new byte[BYTES];
        int borrow = 0;
        for (int i = BYTES - 1; i >= 0; i--) {
            final int difference = Byte.toUnsignedInt(sum[i]) - Byte.toUnsignedInt(subtrahend[i]) - borrow;
            rest[i] = (byte) difference;
            borrow = difference < 0 ? 1 : 0;
        }
        return new CountedKeysDigest(rest);
    }

    /** 32 bytes, big-endian. */
    public byte[] bytes() {
        return sum.clone();
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof CountedKeysDigest digest && Arrays.equals(sum, digest.sum);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(sum);
    }

    @Override
    public String toString() {
        return new BigInteger(1, sum).toString(16);
    }
}
