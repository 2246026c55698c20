package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

import dev.driftless.streams.provisioning.Drift.Remedy;
import java.util.function.Predicate;

/**
 * What a topic's setting must be.
 *
 * @param setting name of the topic's setting
 * @param value what provisioning sets
 * @param holds whether an existing value will do
 * @param mustBe the same, for people
 * @param why what goes wrong otherwise
 * @param severity how bad that is
 * @param remedy what makes it right
 */
record Requirement(
        String setting,
        String value,
        Predicate<String> holds,
        String mustBe,
        String why,
        Severity severity,
        Remedy remedy) {
    Requirement {
        requireNonNull(setting);
        requireNonNull(value);
        requireNonNull(holds);
        requireNonNull(severity);
        requireNonNull(remedy);
    }

    static Requirement exactly(final String setting, final String value, final String why) {
        return new Requirement(setting, value, value::equals, value, why, Severity.BROKEN, Remedy.FIX);
    }

    /** A number that is at least so much. */
    static Requirement atLeast(final String setting, final long least, final String why) {
        return number(setting, least, is -> is >= least, "at least " + least, why);
    }

    /** A number that is at most so much. */
    static Requirement atMost(final String setting, final long most, final String why) {
        return number(setting, most, is -> is <= most, "at most " + most, why);
    }

    /** A number for which a rule holds. */
    static Requirement number(
            final String setting,
            final long value,
            final Predicate<Long> holds,
            final String mustBe,
            final String why) {
        return new Requirement(
                setting,
                Long.toString(value),
                is -> Numbers.parse(is).filter(holds).isPresent(),
                mustBe,
                why,
                Severity.BROKEN,
                Remedy.FIX);
    }

    /** The same, where no promise breaks. */
    Requirement advisory() {
        return new Requirement(setting, value, holds, mustBe, why, Severity.ADVISORY, remedy);
    }

    /** The same, where only people can make it right. */
    Requirement byHand() {
        return new Requirement(setting, value, holds, mustBe, why, severity, Remedy.BY_HAND);
    }
}
