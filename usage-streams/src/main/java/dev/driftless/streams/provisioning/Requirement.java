package dev.driftless.streams.provisioning;

import static java.util.Objects.requireNonNull;

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
 */
record Requirement(
        String setting, String value, Predicate<String> holds, String mustBe, String why, Severity severity) {
    Requirement {
        requireNonNull(setting);
        requireNonNull(value);
        requireNonNull(holds);
    }

    static Requirement exactly(final String setting, final String value, final String why) {
        return new Requirement(setting, value, value::equals, value, why, Severity.BROKEN);
    }

    /** A number that is at least so much. */
    static Requirement atLeast(final String setting, final long least, final String why) {
        return new Requirement(
                setting,
                Long.toString(least),
                is -> Numbers.parse(is).filter(number -> number >= least).isPresent(),
                "at least " + least,
                why,
                Severity.BROKEN);
    }

    /** A number that is at most so much. */
    static Requirement atMost(final String setting, final long most, final String why) {
        return new Requirement(
                setting,
                Long.toString(most),
                is -> Numbers.parse(is).filter(number -> number <= most).isPresent(),
                "at most " + most,
                why,
                Severity.BROKEN);
    }

    Requirement advisory() {
        return new Requirement(setting, value, holds, mustBe, why, Severity.ADVISORY);
    }
}
