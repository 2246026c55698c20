package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.AggregateTable.Named;
import dev.driftless.cli.recount.AggregateTable.Target;
import dev.driftless.cli.recount.FeatureTable.Definition;
import dev.driftless.cli.recount.Hashes.Half;
import dev.driftless.cli.recount.Spilled.Codec;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Decides what becomes of well-formed events in their own partition, in the order in which they are given.
 *
 * <p>Takes about 200 bytes for each event counted, of memory or of its shelf. For use by one thread.
 */
final class Judge {
    private static final String VOID = "VOID";
    /** Refusals that another version of the catalog could have seen otherwise. */
    static final Set<String> BY_CATALOG = Set.of("UNKNOWN_FEATURE", "FEATURE_NOT_IN_EFFECT", "INVALID");

    private final FeatureTable features;
    private final AggregateTable aggregates;
    private final RecountSettings.Window window;
    private final Hashes hashes = new Hashes();
    private final Spilled<Half, Mark> marks;

    /** What a key was used for. */
    private enum Use {
        COUNTED,
        TAKEN_BACK,
        VOID_AHEAD,
        VOID
    }

    /** A key that was used. */
    private record Mark(Use use, Half content, long at, BigDecimal value, Optional<AggregateName> into) {
        private static final Codec<Mark> CODEC = Packed.codec(
                (out, mark) -> {
                    out.writeUTF(mark.use().name());
                    out.writeLong(mark.content().high());
                    out.writeLong(mark.content().low());
                    out.writeLong(mark.at());
                    Packed.write(out, mark.value());
                    Packed.writeOptional(out, mark.into(), Packed::write);
                },
                in -> new Mark(
                        Use.valueOf(in.readUTF()),
                        new Half(in.readLong(), in.readLong()),
                        in.readLong(),
                        Packed.readDecimal(in),
                        Packed.readOptional(in, Packed::readName)));
    }

    /**
     * A judgement.
     *
     * @param outcome {@code COUNTED}, {@code DUPLICATE}, or why it is rejected
     * @param moved the aggregate that has changed
     * @param into name of the aggregate into which the event, or its first copy, was counted
     */
    record Verdict(String outcome, Optional<Named> moved, Optional<AggregateName> into) {
        private static Verdict of(final String outcome) {
            return new Verdict(outcome, Optional.empty(), Optional.empty());
        }
    }

    Judge(final FeatureTable features, final AggregateTable aggregates, final RecountSettings.Window window) {
        this(features, aggregates, window, Shelf.NONE);
    }

    Judge(
            final FeatureTable features,
            final AggregateTable aggregates,
            final RecountSettings.Window window,
            final Shelf shelf) {
        this.marks = new Spilled<>(shelf, 'm', Packed.HALF, Mark.CODEC);
        this.features = requireNonNull(features);
        this.aggregates = requireNonNull(aggregates);
        this.window = requireNonNull(window);
    }

    /**
     * Judges an event.
     *
     * @param event one whose fields keep their rules
     * @param home its customer's partition
     * @param now that partition's time
     */
    Verdict judge(final RawEvent event, final int home, final long now) {
        return judge(event, home, now, Optional.empty());
    }

    /** Puts what is in memory onto the shelf. */
    void flush() {
        marks.flush();
    }

    /**
     * Judges an event.
     *
     * @param event one whose fields keep their rules
     * @param home its customer's partition
     * @param now that partition's time
     * @param claim what the application did with an event that is older than its feature's definition: the name of a
     *     refusal, or another text; it is believed where it says what only the definition before can tell
     */
    Verdict judge(final RawEvent event, final int home, final long now, final Optional<String> claim) {
        final Optional<Mark> seen = find(event.customer(), event.key(), now);
        final Half content = hashes.content(event);
        final boolean isAwaited = seen.filter(mark -> mark.use() == Use.VOID_AHEAD)
                .filter(mark -> !isVoid(event)
                        && hashes.content(asVoid(event, mark.value())).equals(mark.content()))
                .isPresent();
        if (seen.isPresent() && !isAwaited) {
            return seen.get().use() != Use.VOID_AHEAD && seen.get().content().equals(content)
                    ? repeat(seen.get(), now)
                    : Verdict.of("IDEMPOTENCY_CONFLICT");
        }
        final Optional<Definition> feature = features.find(event.feature());
        final Optional<String> refusal = believed(refusal(event, feature, now), claim)
                .or(() -> feature.isEmpty() ? Optional.of("UNKNOWN_FEATURE") : Optional.empty());
        if (refusal.isPresent()) {
            return Verdict.of(refusal.get());
        }
        return isVoid(event)
                ? takeBack(event, feature.orElseThrow(), now)
                : count(event, feature.orElseThrow(), home, now, isAwaited);
    }

    private static Optional<String> believed(final Optional<String> refusal, final Optional<String> claim) {
        if (claim.isEmpty()) {
            return refusal;
        }
        final Optional<String> claimed = claim.filter(BY_CATALOG::contains);
        return refusal.isEmpty() || BY_CATALOG.contains(refusal.get()) ? claimed : refusal;
    }

    private static boolean isVoid(final RawEvent event) {
        return event.kind().equals(VOID);
    }

    private Verdict repeat(final Mark mark, final long now) {
        final Optional<Named> moved = mark.into()
                .filter(into -> mark.use() == Use.COUNTED)
                .map(aggregates::get)
                .filter(into -> !aggregates.isOver(into.aggregate(), now));
        moved.ifPresent(into -> into.aggregate().noteDuplicate());
        return new Verdict("DUPLICATE", moved, mark.into());
    }

    private Optional<String> refusal(final RawEvent event, final Optional<Definition> feature, final long now) {
        if (feature.isEmpty()) {
            return Optional.of("UNKNOWN_FEATURE");
        }
        if (!isVoid(event) && !feature.get().isInEffect(event.occurredAt())) {
            return Optional.of("FEATURE_NOT_IN_EFFECT");
        }
        if (event.occurredAt() > now + window.clockSkew().toMillis()) {
            return Optional.of("IN_FUTURE");
        }
        if (event.occurredAt() < now - window.admissibleAge().toMillis()) {
            return Optional.of("TOO_OLD");
        }
        final boolean isValid = isVoid(event)
                ? event.voidedKey().filter(event.key()::equals).isEmpty()
                : feature.get().admits(event.value());
        return isValid ? Optional.empty() : Optional.of("INVALID");
    }

    private Verdict count(
            final RawEvent event, final Definition feature, final int home, final long now, final boolean isVoided) {
        final Named own = aggregates.at(feature, event, event.occurredAt(), home);
        return move(event, feature, own, now, target -> {
            final ExpectedAggregate aggregate = target.aggregate();
            if (aggregate.kind() == Quantity.UNIQUE
                    && feature.uniqueProperty()
                            .filter(event.properties()::containsKey)
                            .isEmpty()) {
                return Optional.of("INVALID");
            }
            if (isVoided) {
                aggregate.noteVoidOnArrival();
            } else if (FieldChecks.isQuantity(aggregate.total().with(event))) {
                aggregate.count(event, hashes.countedKey(event.customer(), event.key()));
            } else {
                return Optional.of("OVERFLOW");
            }
            aggregate.noteCountedAt(now);
            mark(
                    event,
                    isVoided ? Use.TAKEN_BACK : Use.COUNTED,
                    now,
                    Optional.of(target.named().name()));
            return Optional.empty();
        });
    }

    private Verdict takeBack(final RawEvent event, final Definition feature, final long now) {
        final String voidedKey = event.voidedKey().orElseThrow();
        final Optional<Mark> voided = find(event.customer(), voidedKey, now);
        if (voided.isEmpty()) {
            return takeBackAhead(event, voidedKey, feature, now);
        }
        return switch (voided.get().use()) {
            case COUNTED -> takeBack(event, asCounted(event, voided.get().value()), feature, voided.get(), now);
            case TAKEN_BACK, VOID_AHEAD -> Verdict.of("DUPLICATE");
            case VOID -> Verdict.of("INVALID");
        };
    }

    private Verdict takeBackAhead(
            final RawEvent event, final String voidedKey, final Definition feature, final long now) {
        if (!feature.aggregation().canTakeBack()) {
            return Verdict.of("INVALID");
        }
        final Half key = Half.of(hashes.countedKey(event.customer(), voidedKey));
        marks.put(key, new Mark(Use.VOID_AHEAD, hashes.content(event), now, event.value(), Optional.empty()));
        mark(event, Use.VOID, now, Optional.empty());
        return Verdict.of("COUNTED");
    }

    private Verdict takeBack(
            final RawEvent event, final RawEvent counted, final Definition feature, final Mark mark, final long now) {
        final Named into = aggregates.get(mark.into().orElseThrow());
        if (!hashes.content(counted).equals(mark.content())
                || !into.aggregate().kind().canTakeBack()) {
            return Verdict.of("INVALID");
        }
        return move(counted, feature, into, now, target -> {
            final boolean isOwn = target.aggregate().equals(into.aggregate());
            final ExpectedAggregate aggregate = target.aggregate();
            if (!isOwn && !(aggregate.kind().isAdditive() && into.aggregate().kind() == aggregate.kind())) {
                return Optional.of("PERIOD_CLOSED");
            }
            if (!FieldChecks.isQuantity(aggregate.total().without(counted))) {
                return Optional.of("OVERFLOW");
            }
            final byte[] key = hashes.countedKey(counted.customer(), counted.key());
            aggregate.takeBack(counted, key, isOwn);
            marks.put(Half.of(key), new Mark(Use.TAKEN_BACK, mark.content(), mark.at(), mark.value(), mark.into()));
            mark(event, Use.VOID, now, Optional.of(target.named().name()));
            return Optional.empty();
        });
    }

    /** Has a change made where it belongs; the change says why it can't be. */
    private Verdict move(
            final RawEvent event,
            final Definition feature,
            final Named own,
            final long now,
            final Function<Target, Optional<String>> change) {
        final Optional<Target> target = aggregates.target(feature, event, own, now);
        if (target.isEmpty()) {
            return Verdict.of("PERIOD_CLOSED");
        }
        if (!aggregates.mayHold(target.get().named())) {
            return Verdict.of("INVALID");
        }
        final Optional<String> refusal = change.apply(target.get());
        if (refusal.isPresent()) {
            return Verdict.of(refusal.get());
        }
        aggregates.moved(target.get());
        return new Verdict(
                "COUNTED",
                Optional.of(target.get().named()),
                Optional.of(target.get().named().name()));
    }

    private Optional<Mark> find(final String customer, final String key, final long now) {
        return marks.get(Half.of(hashes.countedKey(customer, key)))
                .filter(mark -> now - mark.at() <= window.dedup().toMillis());
    }

    private void mark(final RawEvent event, final Use use, final long now, final Optional<AggregateName> into) {
        marks.put(
                Half.of(hashes.countedKey(event.customer(), event.key())),
                new Mark(use, hashes.content(event), now, event.value(), into));
    }

    /** The void that takes this event back, had it this value. */
    private static RawEvent asVoid(final RawEvent event, final BigDecimal value) {
        return new RawEvent(
                event.customer(),
                event.feature(),
                value,
                event.key(),
                event.occurredAt(),
                event.properties(),
                VOID,
                Optional.of(event.key()));
    }

    /** The event that a void takes back, had it this value. */
    private static RawEvent asCounted(final RawEvent event, final BigDecimal value) {
        return new RawEvent(
                event.customer(),
                event.feature(),
                value,
                event.voidedKey().orElseThrow(),
                event.occurredAt(),
                event.properties(),
                "USAGE",
                Optional.empty());
    }
}
