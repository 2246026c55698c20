package dev.driftless.cli.recount;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.TreeMap;

/** What is kept of texts that need not be kept. Not safe for use by several threads. */
final class Hashes {
    private final MessageDigest sha256;

    Hashes() {
        try {
            this.sha256 = MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    /** Half of a SHA-256: two texts that differ share it with a probability of 2^-128. */
    record Half(long high, long low) {
        static Half of(final byte[] hash) {
            final ByteBuffer bytes = ByteBuffer.wrap(hash);
            return new Half(bytes.getLong(), bytes.getLong());
        }
    }

    /** The hash of a counted key as the schema of {@code UsageAggregate.countedKeysDigest} says. */
    byte[] countedKey(final String customer, final String key) {
        add(customer);
        sha256.update(key.getBytes(UTF_8));
        return sha256.digest();
    }

    /** Of one of the values that an aggregate tells apart. */
    Half distinct(final AggregateName name, final String value) {
        add(name.customer());
        add(name.feature());
        add(Long.toString(name.periodStart()));
        name.groups().forEach((property, group) -> {
            add(property);
            add(group);
        });
        add(value);
        return Half.of(sha256.digest());
    }

    static BigInteger toNumber(final byte[] hash) {
        return new BigInteger(1, hash);
    }

    /** The content that two copies of an event share: all but customer, key and time. */
    Half content(final RawEvent event) {
        add(event.feature());
        add(
                event.value().signum() == 0
                        ? "0"
                        : event.value().stripTrailingZeros().toPlainString());
        add(event.kind());
        add(event.voidedKey().orElse(""));
        new TreeMap<>(event.properties()).forEach((name, value) -> {
            add(name);
            add(value);
        });
        return Half.of(sha256.digest());
    }

    /** The bytes of a record. */
    Half record(final byte[] key, final byte[] value) {
        add(key);
        add(value);
        return Half.of(sha256.digest());
    }

    private void add(final String text) {
        add(text.getBytes(UTF_8));
    }

    private void add(final byte[] bytes) {
        final int length = bytes == null ? -1 : bytes.length;
        sha256.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
        if (bytes != null) {
            sha256.update(bytes);
        }
    }
}
