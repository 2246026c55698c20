package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Finding.Kind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Explains differences by events: those whose keys, added to the expected digest or taken from it, give the billed one. Up to
 * two are found; a digest that more than two explain is only said to differ. For use by one thread.
 */
final class Explanation {
    private static final BigInteger MODULUS = BigInteger.ONE.shiftLeft(256);
    private static final int EXAMPLES = 20;

    private final List<Difference> differences;
    private final Map<String, List<JudgedEvent>> events;
    private final Hashes hashes = new Hashes();
    private final Set<AggregateName> told = new HashSet<>();

    /**
     * An explanation.
     *
     * @param events all events of the customers whose aggregates differ
     */
    Explanation(final List<Difference> differences, final Map<String, List<JudgedEvent>> events) {
        this.differences = requireNonNull(differences);
        this.events = requireNonNull(events);
    }

    /** An event by whose key a digest is too large, or too small. */
    private record Share(JudgedEvent event, boolean isTooMuch) {}

    List<Finding> findings() {
        final List<Finding> findings = new ArrayList<>();
        differences.forEach(difference -> twin(difference).ifPresent(findings::add));
        differences.stream()
                .filter(difference -> !told.contains(difference.name()))
                .forEach(difference -> findings.add(finding(difference)));
        return findings;
    }

    /** The same set of events under another name: what is missing here is billed there. */
    private Optional<Finding> twin(final Difference missing) {
        if (missing.billed().isPresent()) {
            return Optional.empty();
        }
        return differences.stream()
                .filter(other -> other.should().isEmpty()
                        && !told.contains(other.name())
                        && other.name().customer().equals(missing.name().customer())
                        && other.name().feature().equals(missing.name().feature())
                        && other.billed()
                                .orElseThrow()
                                .digest()
                                .equals(missing.should().orElseThrow().digest()))
                .findFirst()
                .map(other -> {
                    told.add(missing.name());
                    told.add(other.name());
                    return finding(
                            missing,
                            Kind.WRONG_PERIOD,
                            "all of it is billed as " + other.name(),
                            own(missing.name()),
                            other.is());
                });
    }

    private Finding finding(final Difference difference) {
        if (difference.billed().isEmpty()) {
            return finding(difference, Kind.AGGREGATE_REMOVED, "is not billed", own(difference.name()));
        }
        if (difference.should().isEmpty()) {
            final Optional<AggregateName> original = original(difference);
            if (original.isPresent()) {
                return finding(
                        difference,
                        Kind.AGGREGATE_DOUBLED,
                        "the same set of events is billed as " + original.get(),
                        own(original.get()));
            }
        }
        if (difference.isSameSet() && difference.should().isPresent()) {
            return finding(
                    difference,
                    Kind.AGGREGATE_ALTERED,
                    "the set of events is right, but " + difference.fields(),
                    List.of());
        }
        return explained(difference)
                .orElseGet(() -> finding(
                        difference,
                        difference.should().isEmpty() ? Kind.AGGREGATE_UNEXPLAINED : Kind.SET_DIFFERS,
                        difference.should().isEmpty()
                                ? "is billed, but no event of it was counted"
                                : sets(difference) + "no one or two events of the raw topic explain it",
                        own(difference.name())));
    }

    private static String sets(final Difference difference) {
        return difference.isSameTotal() ? "the totals agree, the sets of events do not: " : difference.fields() + ": ";
    }

    private Optional<AggregateName> original(final Difference difference) {
        final Map<AggregateName, BigInteger> digests = new HashMap<>();
        counted(difference.name().customer())
                .forEach(event -> digests.merge(event.into().orElseThrow(), hash(event), (one, two) -> one.add(two)
                        .mod(MODULUS)));
        return digests.entrySet().stream()
                .filter(digest -> digest.getKey()
                                .feature()
                                .equals(difference.name().feature())
                        && digest.getValue()
                                .equals(difference.billed().orElseThrow().digest()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private Optional<Finding> explained(final Difference difference) {
        final Map<BigInteger, Share> shares = shares(difference);
        final BigInteger delta = difference.delta();
        final Share single = shares.get(delta);
        if (single != null) {
            return Optional.of(one(difference, single));
        }
        return shares.entrySet().stream()
                .map(share -> Optional.ofNullable(
                                shares.get(delta.subtract(share.getKey()).mod(MODULUS)))
                        .filter(other -> !other.equals(share.getValue()))
                        .map(other -> two(difference, share.getValue(), other)))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** What each event would do to the digest: one of the aggregate is there once too often or not at all, another one is there. */
    private Map<BigInteger, Share> shares(final Difference difference) {
        final Map<String, JudgedEvent> byKey = new LinkedHashMap<>();
        events.getOrDefault(difference.name().customer(), List.of())
                .forEach(event -> byKey.merge(
                        event.key(), event, (one, other) -> one.outcome().equals("COUNTED") ? one : other));
        final Map<BigInteger, Share> shares = new HashMap<>();
        byKey.values().forEach(event -> {
            final BigInteger hash = hash(event);
            shares.put(hash, new Share(event, true));
            if (isOwn(difference, event)) {
                shares.put(MODULUS.subtract(hash), new Share(event, false));
            }
        });
        return shares;
    }

    private static boolean isOwn(final Difference difference, final JudgedEvent event) {
        return event.outcome().equals("COUNTED")
                && event.into().filter(difference.name()::equals).isPresent();
    }

    private Finding one(final Difference difference, final Share share) {
        final JudgedEvent event = share.event();
        final String named = named(event);
        if (!share.isTooMuch()) {
            final Optional<AggregateName> elsewhere = elsewhere(difference, event);
            return finding(
                    difference,
                    elsewhere.isPresent() ? Kind.WRONG_PERIOD : Kind.EVENT_MISSING,
                    named + " is not counted here"
                            + elsewhere.map(name -> ", but in " + name).orElse(""),
                    List.of(event));
        }
        if (isOwn(difference, event)) {
            return finding(difference, Kind.EVENT_COUNTED_TWICE, named + " is counted twice", List.of(event));
        }
        final boolean isOfAnother = event.outcome().equals("COUNTED")
                && event.into()
                        .filter(into -> into.feature().equals(difference.name().feature()))
                        .isPresent();
        return finding(
                difference,
                isOfAnother ? Kind.WRONG_PERIOD : Kind.EVENT_WRONGLY_COUNTED,
                named + " is counted here, it "
                        + event.into().map(into -> "belongs to " + into).orElse("is " + event.outcome()),
                List.of(event));
    }

    /** Another aggregate that has an event too much. */
    private Optional<AggregateName> elsewhere(final Difference difference, final JudgedEvent event) {
        final BigInteger hash = hash(event);
        return differences.stream()
                .filter(other ->
                        !other.name().equals(difference.name()) && other.delta().equals(hash))
                .map(Difference::name)
                .findFirst();
    }

    private Finding two(final Difference difference, final Share first, final Share second) {
        final List<JudgedEvent> both = List.of(first.event(), second.event());
        if (first.isTooMuch() == second.isTooMuch()) {
            return finding(
                    difference,
                    first.isTooMuch() ? Kind.EVENT_WRONGLY_COUNTED : Kind.EVENT_MISSING,
                    named(first.event()) + " and " + named(second.event())
                            + (first.isTooMuch() ? " are counted here once too often" : " are not counted here"),
                    both);
        }
        final JudgedEvent in = (first.isTooMuch() ? first : second).event();
        final JudgedEvent out = (first.isTooMuch() ? second : first).event();
        return finding(
                difference,
                Kind.KEY_SWAPPED,
                sets(difference) + named(in) + " is counted in place of " + named(out),
                both);
    }

    private static String named(final JudgedEvent event) {
        return "event '" + event.key() + "' (" + event.position() + ")";
    }

    private List<JudgedEvent> counted(final String customer) {
        return events.getOrDefault(customer, List.of()).stream()
                .filter(event ->
                        event.outcome().equals("COUNTED") && event.kind().equals("USAGE"))
                .toList();
    }

    private List<JudgedEvent> own(final AggregateName name) {
        return counted(name.customer()).stream()
                .filter(event -> event.into().filter(name::equals).isPresent())
                .limit(EXAMPLES)
                .toList();
    }

    private BigInteger hash(final JudgedEvent event) {
        return Hashes.toNumber(hashes.countedKey(event.customer(), event.key()));
    }

    private static Finding finding(
            final Difference difference, final Kind kind, final String text, final List<JudgedEvent> events) {
        return finding(difference, kind, text, events, difference.is());
    }

    private static Finding finding(
            final Difference difference,
            final Kind kind,
            final String text,
            final List<JudgedEvent> events,
            final Optional<Finding.Amount> is) {
        return new Finding(kind, Optional.of(difference.name()), text, difference.shouldBe(), is, events);
    }
}
