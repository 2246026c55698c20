package dev.driftless.streams.domain;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that keys and contents are hashed with. */
final class Sha256 {
    private Sha256() {}

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform must have SHA-256", e);
        }
    }
}
