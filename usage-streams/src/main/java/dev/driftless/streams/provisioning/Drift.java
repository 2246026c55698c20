package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

/**
 * A difference between what is there and what ought to be.
 *
 * @param place topic, or subject in the schema registry
 * @param setting name of its setting
 * @param is what it is
 * @param mustBe what it must be
 * @param why what goes wrong otherwise
 * @param severity how bad that is
 * @param remedy what makes it right
 */
public record Drift(
        String place, String setting, String is, String mustBe, String why, Severity severity, Remedy remedy) {
    /** What makes a drift right. */
    public enum Remedy {
        /** Applying creates what is missing. */
        APPLY,
        /** Applying with leave to change what exists. */
        FIX,
        /** Only people can: it cannot be done without thought for what is stored. */
        BY_HAND
    }

    public Drift {
        requireNonNull(severity);
        requireNonNull(remedy);
    }

    @Override
    public String toString() {
        return place + ": " + setting + " is " + is + ", must be " + mustBe + ": " + why + advice();
    }

    private String advice() {
        return switch (remedy) {
            case APPLY -> " (applying creates it)";
            case FIX -> " (applying with --fix changes it)";
            case BY_HAND -> " (needs a decision by people)";
        };
    }
}
