package dev.driftless.streams.topology;

import dev.driftless.schemas.GroupValue;
import dev.driftless.schemas.PeriodStatus;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.streams.domain.CountedKeysDigest;
import dev.driftless.streams.domain.KeyHash;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A billing record as a line of docs/cases.md. */
final class BilledLine {
    private static final String KEYS = " keys ";
    private static final String OCCURRED = " occurred ";

    private BilledLine() {}

    /** An expected line with single spaces. */
    static String normal(final String line) {
        return line.strip().replaceAll("\\s+", " ");
    }

    /** Customer, feature, groups and period start: what names the aggregate. */
    static String nameOf(final UsageAggregate aggregate) {
        final String customer = aggregate.getCustomerId().equals("acme") ? "" : aggregate.getCustomerId() + "/";
        final String groups =
                aggregate.getGroups().stream().map(BilledLine::group).collect(Collectors.joining());
        return customer + aggregate.getFeature() + groups + " " + CaseNotation.time(aggregate.getPeriodStart()) + " ..";
    }

    private static String group(final GroupValue group) {
        return " " + group.getProperty() + "=" + group.getValue();
    }

    /**
     * The record as a line.
     *
     * @param like the expected line, which may leave out what it has no expectation of
     */
    static String of(final UsageAggregate aggregate, final String like) {
        return nameOf(aggregate) + " " + CaseNotation.time(aggregate.getPeriodEnd())
                + " " + aggregate.getStatus()
                + " r" + aggregate.getRevision()
                + " " + aggregate.getQuantity().stripTrailingZeros().toPlainString()
                + " events " + aggregate.getEventCount()
                + some("dup", aggregate.getDuplicateCount())
                + some("late", aggregate.getLateCount())
                + some("void", aggregate.getVoidCount())
                + previous(aggregate)
                + (like.contains(OCCURRED) ? occurred(aggregate) : "")
                + (like.contains(KEYS) ? keys(aggregate, like) : "");
    }

    private static String some(final String name, final long count) {
        return count == 0 ? "" : " " + name + " " + count;
    }

    private static String previous(final UsageAggregate aggregate) {
        final Optional<String> previous = Optional.ofNullable(aggregate.getPreviousQuantity())
                .map(quantity -> quantity.stripTrailingZeros().toPlainString());
        return aggregate.getStatus() == PeriodStatus.AMENDED
                ? " was " + previous.orElse("missing")
                : previous.map(unexpected -> " was " + unexpected).orElse("");
    }

    private static String occurred(final UsageAggregate aggregate) {
        return OCCURRED + CaseNotation.time(aggregate.getFirstOccurredAt()) + " .. "
                + CaseNotation.time(aggregate.getLastOccurredAt());
    }

    private static String keys(final UsageAggregate aggregate, final String like) {
        final String named = like.substring(like.indexOf(KEYS) + KEYS.length());
        final List<String> keys = named.equals("none")
                ? List.of()
                : Arrays.asList(named.replace("#", "").split(" "));
        CountedKeysDigest digest = CountedKeysDigest.EMPTY;
        for (final String key : keys) {
            digest = key.startsWith("-")
                    ? digest.minus(KeyHash.of(aggregate.getCustomerId(), key.substring(1)))
                    : digest.plus(KeyHash.of(aggregate.getCustomerId(), key));
        }
        final byte[] actual = new byte[32];
        aggregate.getCountedKeysDigest().duplicate().get(actual);
        return KEYS + (CountedKeysDigest.of(actual).equals(digest) ? named : "others than " + named);
    }
}
