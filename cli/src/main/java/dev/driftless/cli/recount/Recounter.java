package dev.driftless.cli.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Hashes.Half;
import dev.driftless.cli.recount.Outcomes.Settled;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.apache.kafka.common.utils.Utils;

/**
 * Decides what became of each raw record, by the contract.
 *
 * <p>Records are to be given partition by partition in their order. A customer's events are judged in the order of their
 * partition, misplaced ones after all others, since only the application knows in which order it met them: where a
 * misplaced event shares its key with a well-placed one of other content or another period, either order is right and the
 * recount may differ.
 *
 * <p>For use by one thread.
 */
final class Recounter {
    /** Most bytes of a key and its value, uncompressed; as the application has it unless configured otherwise. */
    private static final int LARGEST_RECORD = 1_048_588;

    private final Function<byte[], Optional<RawEvent>> decoder;
    private final AggregateTable aggregates;
    private final Judge judge;
    private final int partitions;
    private final Outcomes outcomes;

    private final Hashes hashes = new Hashes();
    private final Map<SourcePosition, ExpectedRejection> rejections = new HashMap<>();
    private final Map<Integer, Tally> tallies = new TreeMap<>();
    private final List<Misplaced> misplaced = new ArrayList<>();

    private record Misplaced(RawRecord record, RawEvent event, int home) {}

    /**
     * A rejection that should be there.
     *
     * @param original hash of the record's bytes
     */
    record ExpectedRejection(String reason, Half original) {}

    /** Outcomes of a partition's records, and its clock. */
    private static final class Tally {
        private long counted;
        private long duplicates;
        private long rerouted;
        private long ticks;
        private long clock = Long.MIN_VALUE;
        private final Map<String, Long> rejected = new TreeMap<>();

        private Account toAccount() {
            return new Account(counted, duplicates, rejected, rerouted, ticks);
        }
    }

    Recounter(
            final Function<byte[], Optional<RawEvent>> decoder,
            final AggregateTable aggregates,
            final Judge judge,
            final int partitions) {
        this(decoder, aggregates, judge, partitions, Outcomes.NONE);
    }

    /** One that hands over what it decides; it keeps the rejections only where nobody takes them. */
    Recounter(
            final Function<byte[], Optional<RawEvent>> decoder,
            final AggregateTable aggregates,
            final Judge judge,
            final int partitions,
            final Outcomes outcomes) {
        this.outcomes = requireNonNull(outcomes);
        this.decoder = requireNonNull(decoder);
        this.aggregates = requireNonNull(aggregates);
        this.judge = requireNonNull(judge);
        this.partitions = partitions;
    }

    /** Judges one record. */
    void accept(final RawRecord record) {
        final Tally here = tally(record.position().partition());
        here.clock = Math.max(here.clock, record.arrivedAt());
        if (record.isTick() && record.key() == null && record.value() == null) {
            here.ticks++;
            return;
        }
        if (record.bytes() > LARGEST_RECORD) {
            reject(here, record, Optional.empty(), "INVALID");
            return;
        }
        final Optional<RawEvent> decoded = decoder.apply(record.value());
        if (decoded.isEmpty()) {
            reject(here, record, Optional.empty(), "UNDECODABLE");
            return;
        }
        final RawEvent event = decoded.get();
        final byte[] customer = event.customer().getBytes(UTF_8);
        if (!Arrays.equals(record.key(), customer)) {
            reject(here, record, decoded, "KEY_MISMATCH");
        } else if (!FieldChecks.areKept(event)) {
            reject(here, record, decoded, "INVALID");
        } else {
            place(here, record, event, Utils.toPositive(Utils.murmur2(customer)) % partitions);
        }
    }

    private void place(final Tally here, final RawRecord record, final RawEvent event, final int home) {
        if (home == record.position().partition()) {
            judge(home, record, event, here.clock, true);
        } else {
            here.rerouted++;
            if (!outcomes.misplaced(record, event, home)) {
                misplaced.add(new Misplaced(record, event, home));
            }
        }
    }

    /** Judges a misplaced event at its place among its home partition's; the record is as it was first found. */
    void acceptRerouted(final RawRecord found, final int home) {
        final Tally there = tally(home);
        there.clock = Math.max(there.clock, found.arrivedAt());
        final Optional<RawEvent> decoded = decoder.apply(found.value());
        if (decoded.isEmpty()) {
            reject(there, found, decoded, "UNDECODABLE");
        } else {
            judge(home, found, decoded.get(), there.clock, false);
        }
    }

    /** Passes a record over, but not its time. */
    void skip(final RawRecord record) {
        final Tally here = tally(record.position().partition());
        here.clock = Math.max(here.clock, record.arrivedAt());
    }

    /** A partition's time so far, in milliseconds. */
    long clock(final int partition) {
        return tally(partition).clock;
    }

    /** What became of a partition's records so far. */
    Account account(final int partition) {
        return tally(partition).toAccount();
    }

    /** Goes on where a partition was left. */
    void resume(final int partition, final Account account, final long clock) {
        final Tally tally = tally(partition);
        tally.counted = account.counted();
        tally.duplicates = account.duplicates();
        tally.rerouted = account.rerouted();
        tally.ticks = account.ticks();
        tally.clock = clock;
        tally.rejected.clear();
        tally.rejected.putAll(account.rejected());
    }

    /** What should be found, once every record was given. To be called once. */
    Expectation finish() {
        misplaced.forEach(found -> judge(
                found.home(), found.record(), found.event(), found.record().arrivedAt(), false));
        final Map<AggregateName, ExpectedAggregate> all = aggregates.all();
        all.values().forEach(aggregate -> aggregates.settle(aggregate, tally(aggregate.partition()).clock));
        final Map<Integer, Account> accounts = new TreeMap<>();
        tallies.forEach((partition, tally) -> accounts.put(partition, tally.toAccount()));
        return new Expectation(accounts, all, rejections);
    }

    /** Judges an event of its home partition. */
    private void judge(
            final int home, final RawRecord record, final RawEvent event, final long now, final boolean isFoundAtHome) {
        final Judge.Verdict verdict = judge.judge(event, home, now, outcomes.claim(record, event));
        if (isFoundAtHome) {
            verdict.moved().ifPresent(moved -> moved.aggregate()
                    .completeTo(record.position().offset()));
        }
        switch (verdict.outcome()) {
            case "COUNTED" -> tally(home).counted++;
            case "DUPLICATE" -> tally(home).duplicates++;
            default -> {
                reject(tally(home), record, Optional.of(event), verdict.outcome());
                return;
            }
        }
        outcomes.settled(new Settled(record, Optional.of(event), verdict.outcome(), verdict.moved(), verdict.into()));
    }

    private void reject(
            final Tally where, final RawRecord record, final Optional<RawEvent> event, final String reason) {
        where.rejected.merge(reason, 1L, Long::sum);
        if (outcomes == Outcomes.NONE) {
            rejections.put(record.position(), new ExpectedRejection(reason, original(record)));
        } else {
            outcomes.settled(new Settled(record, event, reason, Optional.empty(), Optional.empty()));
        }
    }

    /** Hash of a record as its rejection repeats it; the application does not repeat what it may not be able to write. */
    private Half original(final RawRecord record) {
        return record.bytes() > LARGEST_RECORD
                ? hashes.record(null, null)
                : hashes.record(record.key(), record.value());
    }

    /** The rejection that belongs to an outcome. */
    ExpectedRejection rejection(final Settled settled) {
        return new ExpectedRejection(settled.outcome(), original(settled.record()));
    }

    private Tally tally(final int partition) {
        return tallies.computeIfAbsent(partition, absent -> new Tally());
    }
}
