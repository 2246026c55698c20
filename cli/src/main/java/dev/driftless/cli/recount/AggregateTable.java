package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Spilled.Codec;
import dev.driftless.cli.recount.Totals.Distinct;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The aggregates, and which of them an event moves. For use by one thread. */
final class AggregateTable {
    private final SubscriptionTable subscriptions;
    private final RecountSettings.Closing closing;
    private final Spilled<AggregateName, Named> aggregates;
    /** How many groups there are, by names without groups. */
    private final Spilled<AggregateName, Integer> groups;
    /** How many events of an aggregate have a value, where distinct ones are counted. */
    private final Spilled<Hashes.Half, Integer> values;

    private final FeatureTable features;
    private final Hashes hashes = new Hashes();

    AggregateTable(final SubscriptionTable subscriptions, final RecountSettings.Closing closing) {
        this(subscriptions, closing, Shelf.NONE, new FeatureTable());
    }

    /** A table that is put onto a shelf; with the features, as they were when it was put there. */
    AggregateTable(
            final SubscriptionTable subscriptions,
            final RecountSettings.Closing closing,
            final Shelf shelf,
            final FeatureTable features) {
        this.features = requireNonNull(features);
        this.aggregates = new Spilled<>(shelf, 'a', Packed.NAME, codec(features));
        this.groups = new Spilled<>(shelf, 'g', Packed.NAME, Packed.INT);
        this.values = new Spilled<>(shelf, 'd', Packed.HALF, Packed.INT);
        this.subscriptions = requireNonNull(subscriptions);
        this.closing = requireNonNull(closing);
    }

    /** An aggregate that is, or would be the first time that something is counted into it. */
    record Named(AggregateName name, ExpectedAggregate aggregate) {}

    /**
     * Where a change goes.
     *
     * @param isLate whether it came after the period of its event had closed
     * @param isHome whether the target is the aggregate of that period
     */
    record Target(Named named, boolean isLate, boolean isHome) {
        ExpectedAggregate aggregate() {
            return named.aggregate();
        }
    }

    /** The aggregate of the period that holds an instant. */
    Named at(final FeatureTable.Definition feature, final RawEvent event, final long instant, final int partition) {
        final Period period = subscriptions.periodOf(event.customer(), instant);
        final AggregateName name =
                new AggregateName(event.customer(), feature.code(), period.start(), feature.groups(event));
        return aggregates
                .get(name)
                .orElseGet(() -> new Named(name, new ExpectedAggregate(feature, period, partition, distinct(name))));
    }

    /** An aggregate that is there. */
    Named get(final AggregateName name) {
        return aggregates
                .get(name)
                .orElseThrow(() -> new IllegalStateException("an aggregate without an event: " + name));
    }

    /** How aggregates are put onto a shelf and taken from there. */
    Codec<Named> codec(final FeatureTable features) {
        return Packed.codec(
                (out, named) -> {
                    Packed.write(out, named.name());
                    named.aggregate().writeTo(out);
                },
                in -> {
                    return read(Packed.readName(in), in, features);
                });
    }

    private Named read(final AggregateName name, final DataInputStream in, final FeatureTable features)
            throws IOException {
        return new Named(
                name, ExpectedAggregate.readFrom(in, code -> features.find(code).orElseThrow(), distinct(name)));
    }

    /** An aggregate as it was written. */
    Named read(final AggregateName name, final DataInputStream in) throws IOException {
        return read(name, in, features);
    }

    private Distinct distinct(final AggregateName name) {
        return new Distinct() {
            @Override
            public int events(final String value) {
                return values.get(hashes.distinct(name, value)).orElse(0);
            }

            @Override
            public void set(final String value, final int events) {
                values.put(hashes.distinct(name, value), events);
            }
        };
    }

    /** Puts what is in memory onto the shelf. */
    void flush() {
        aggregates.flush();
        groups.flush();
        values.flush();
    }

    boolean isOver(final ExpectedAggregate aggregate, final long now) {
        return aggregate.isOver(now, closing.grace().toMillis());
    }

    /** Where a change of an aggregate goes at a time; nowhere if the late policy says so. */
    Optional<Target> target(
            final FeatureTable.Definition feature, final RawEvent event, final Named home, final long now) {
        if (!isOver(home.aggregate(), now)) {
            return Optional.of(new Target(home, false, true));
        }
        return switch (feature.latePolicy().orElse(closing.latePolicy())) {
            case "AMEND" -> Optional.of(new Target(home, true, true));
            case "NEXT" ->
                Optional.of(new Target(at(feature, event, now, home.aggregate().partition()), true, false));
            case "REJECT" -> Optional.empty();
            default -> throw new RecountException("late policy '" + feature.latePolicy() + "' cannot be recounted");
        };
    }

    /** Whether an aggregate is there, or may be opened beside the other groups. */
    boolean mayHold(final Named named) {
        return named.name().groups().isEmpty()
                || aggregates.get(named.name()).isPresent()
                || groups.get(withoutGroups(named.name())).orElse(0) < closing.groupLimit();
    }

    /** Keeps the target of a change that was made. */
    void moved(final Target target) {
        final AggregateName name = target.named().name();
        if (aggregates.put(name, target.named()).isEmpty() && !name.groups().isEmpty()) {
            groups.put(withoutGroups(name), groups.get(withoutGroups(name)).orElse(0) + 1);
        }
        if (target.isLate()) {
            target.aggregate().noteLate(target.isHome());
        }
    }

    private static AggregateName withoutGroups(final AggregateName name) {
        return new AggregateName(name.customer(), name.feature(), name.periodStart());
    }

    /** An aggregate as it was put onto the shelf last. */
    Optional<Named> shelved(final AggregateName name) {
        return aggregates.shelved(name);
    }

    /** Whether there is an aggregate. */
    boolean holds(final AggregateName name) {
        return aggregates.get(name).isPresent();
    }

    /** Visits all of them. */
    void forEach(final Consumer<Named> visitor) {
        aggregates.forEach((name, named) -> visitor.accept(named));
    }

    /** All of them, in memory. */
    Map<AggregateName, ExpectedAggregate> all() {
        final Map<AggregateName, ExpectedAggregate> all = new HashMap<>();
        forEach(named -> all.put(named.name(), named.aggregate()));
        return all;
    }

    /** Decides an aggregate's status, once all of its partition is read. */
    void settle(final ExpectedAggregate aggregate, final long now) {
        aggregate.settle(now, closing.grace().toMillis());
    }
}
