package dev.driftless.streams.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that keys and contents are hashed with. Two are made for each event; a copy is made faster than a new one. */
final class Sha256 {
    private static final MessageDigest UNUSED = create();

    private Sha256() {}

    static MessageDigest digest() {
        try {
            return (MessageDigest) UNUSED.clone();
        } catch (final CloneNotSupportedException e) {
            return create();
        }
    }

    private static MessageDigest create() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
