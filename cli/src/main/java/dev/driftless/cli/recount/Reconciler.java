package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Finding.Kind;
import dev.driftless.cli.recount.HomePartition.Step;
import dev.driftless.cli.recount.Recounter.ExpectedRejection;
import dev.driftless.cli.recount.Spilled.Codec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Holds what is billed against the raw events, in bounded memory, while all of it goes on.
 *
 * <p><b>The cut.</b> First it is asked how far the application has read ({@link CutOffsets}). Once it must have published what it
 * had counted by then, the billing topic is read to its end. Then the raw events are recounted, one partition after the
 * other. Up to the cut all of them must be in what is billed. An aggregate that was moved since then is compared as it was
 * at the source offset that it names.
 *
 * <p><b>Memory.</b> Marks, aggregates, what is billed and what is rejected are on disk; in memory are the catalog, the
 * subscriptions, and what one batch touches.
 *
 * <p><b>A stop.</b> After each batch the positions are written together with all state, atomically. A reconciliation in the
 * same directory goes on from there, to the same cut.
 */
public final class Reconciler implements AutoCloseable {
    private static final int BATCH = 10_000;
    private static final String CUT = "cut";
    private static final String BELIEVED = "believed";

    private final ReconcileSettings settings;
    private final ReconcileProgress progress;
    private final DiskShelf shelf;
    private final Tables tables;
    private final Spilled<String, CutOffsets> cuts;
    private final Spilled<String, Long> positions;
    private final Spilled<Integer, Account> accounts;
    private final Spilled<String, Long> clocks;
    private final Spilled<SourcePosition, RejectionLog.Found> rejections;
    /** Misplaced events that were found and not yet seen re-routed (+1), or the other way round (-1). */
    private final Spilled<SourcePosition, Integer> misplaced;

    private final Spilled<AggregateName, Optional<AggregateTable.Named>> frozen;
    private final Findings findings;
    private final BilledTable billed;
    private final Hashes hashes = new Hashes();
    private final Set<String> inFlight = new HashSet<>();
    private final long begin = System.nanoTime();

    private CutOffsets cut;
    private Tables.Counting counting;
    /** Whether the partition was read up to its cut. */
    private boolean isBeyondCut;
    /** Whether the record that is judged lies beyond it; re-routed ones never do, those are not read. */
    private boolean isRecordBeyondCut;

    /**
     * Opens the directory.
     *
     * @throws RecountException if topics or registry cannot be read, or the directory belongs to another reconciliation
     */
    public Reconciler(final ReconcileSettings settings, final ReconcileProgress progress) {
        this.settings = requireNonNull(settings);
        this.progress = requireNonNull(progress);
        this.tables = Tables.read(settings.recount());
        this.shelf = new DiskShelf(settings.directory());
        this.cuts = new Spilled<>(shelf, 'C', Packed.TEXT, CutOffsets.CODEC);
        this.positions = new Spilled<>(shelf, 'P', Packed.TEXT, Packed.LONG);
        this.accounts = new Spilled<>(shelf, 'T', Packed.INT, Account.CODEC);
        this.clocks = new Spilled<>(shelf, 'K', Packed.TEXT, Packed.LONG);
        this.rejections = new Spilled<>(shelf, 'r', Packed.POSITION, RejectionLog.Found.CODEC);
        this.misplaced = new Spilled<>(shelf, 'x', Packed.POSITION, Packed.INT);
        this.findings = new Findings(shelf);
        final String billing = settings.recount().billingUsage();
        this.billed = new BilledTable(values(billing + "-key"), values(billing + "-value"), shelf, findings::add);
        this.frozen = new Spilled<>(shelf, 'f', Packed.NAME, frozenCodec());
    }

    private AvroValues values(final String subject) {
        return new AvroValues(tables.schemas().latest(subject), tables.schemas()::byId);
    }

    private Codec<Optional<AggregateTable.Named>> frozenCodec() {
        return Packed.codec(
                (out, named) -> Packed.writeOptional(out, named, (to, present) -> {
                    Packed.write(to, present.name());
                    present.aggregate().writeTo(to);
                }),
                in -> Packed.readOptional(in, from -> {
                    final AggregateName name = Packed.readName(from);
                    return counting.aggregates().read(name, from);
                }));
    }

    /**
     * Reconciles.
     *
     * @throws RecountException if that cannot be done
     */
    public Reconciliation run() {
        try {
            cut = cuts.get(CUT).orElseGet(this::makeCut);
            if (!cut.signature().equals(signature())) {
                throw new RecountException("the work directory " + settings.directory()
                        + " belongs to a reconciliation with other options, or the catalog has changed since: give"
                        + " another directory, or delete it");
            }
            counting = tables.counting(shelf, cut.events().size(), new Judgements());
            progress.begin(cut.records(), done());
            readAll(settings.recount().billingUsage(), cut.billing(), billed::read);
            readAll(settings.recount().usageRejected(), cut.rejected(), this::readRejection);
            for (final int partition : cut.events().keySet()) {
                if (isAsked(partition)) {
                    recount(partition);
                }
            }
            // An event on its way may have been found in any partition, so all must have been read.
            cut.rerouted().forEach((partition, stretch) -> {
                if (isAsked(partition)) {
                    noteInFlight(partition, stretch);
                }
            });
            progress.end();
            return new ReconcileComparison(
                            settings, tables, cut, counting.aggregates(), frozen, billed, findings, clocks, inFlight)
                    .compare(accountsAtCut(), remaining(), findings.count(BELIEVED), begin);
        } catch (final KafkaException failure) {
            throw new RecountException("cannot reconcile: " + failure.getMessage(), failure);
        }
    }

    private boolean isAsked(final int partition) {
        return settings.scope()
                .customer()
                .map(customer -> HomePartition.of(customer, cut.events().size()) == partition)
                .orElse(true);
    }

    /** Of what the state on disk depends on. Without settings of clients: among them are secrets. */
    private String signature() {
        final RecountSettings recount = settings.recount();
        return String.join(
                "\n",
                settings.scope().toString(),
                recount.usageEvents(),
                settings.usageRerouted(),
                recount.featureCatalog(),
                recount.subscriptions(),
                recount.billingUsage(),
                recount.usageRejected(),
                recount.window().toString(),
                recount.closing().toString(),
                settings.applicationId(),
                tables.features().signature());
    }

    private CutOffsets makeCut() {
        final CutOffsets made = CutOffsets.make(settings, signature(), Reconciler::pause);
        cuts.put(CUT, made);
        commit();
        return made;
    }

    private static void pause(final Duration time) {
        try {
            Thread.sleep(time.toMillis());
        } catch (final InterruptedException interrupt) {
            Thread.currentThread().interrupt();
            throw new RecountException("interrupted", interrupt);
        }
    }

    private long done() {
        final long[] sum = {0};
        positions.forEach((name, position) -> sum[0] += position - cut.beginOf(name));
        return sum[0];
    }

    private void commit() {
        cuts.flush();
        positions.flush();
        accounts.flush();
        clocks.flush();
        rejections.flush();
        misplaced.flush();
        frozen.flush();
        findings.flush();
        billed.flush();
        if (counting != null) {
            counting.flush();
        }
        shelf.commit();
    }

    private interface Reader {
        void read(ConsumerRecord<byte[], byte[]> record);
    }

    private void readAll(final String topic, final Map<Integer, CutOffsets.Stretch> stretches, final Reader reader) {
        stretches.forEach((partition, stretch) -> {
            try (PartitionLog log = log(topic, partition, stretch.begin(), stretch.cut())) {
                for (int read = 1; log.peek().isPresent(); read++) {
                    reader.read(log.take());
                    if (read % BATCH == 0) {
                        moveTo(topic, partition, log.position());
                    }
                }
                moveTo(topic, partition, stretch.cut());
            }
        });
    }

    private PartitionLog log(final String topic, final int partition, final long begin, final long until) {
        final long from = positions.get(topic + "-" + partition).orElse(begin);
        return new PartitionLog(
                new TopicPartition(topic, partition),
                from,
                Math.max(from, until),
                settings.recount().client());
    }

    private void moveTo(final String topic, final int partition, final long position) {
        final String name = topic + "-" + partition;
        progress.add(position - positions.get(name).orElse(cut.beginOf(name)));
        positions.put(name, position);
        commit();
    }

    private void readRejection(final ConsumerRecord<byte[], byte[]> record) {
        final Optional<GenericRecord> value = rejectionValues().read(record.value());
        final String at = record.topic() + " partition " + record.partition() + ", offset " + record.offset() + ": ";
        if (value.isEmpty()) {
            findings.add(Finding.of(Kind.REJECTION_DIFFERS, at + "the record is not a rejection"));
            return;
        }
        final SourcePosition position = RejectionLog.position(value.get());
        if (rejections.put(position, RejectionLog.found(value.get(), hashes)).isPresent()) {
            findings.add(Finding.of(Kind.REJECTION_DIFFERS, at + position + " is rejected a second time"));
        }
    }

    private AvroValues rejectionReader;

    private AvroValues rejectionValues() {
        if (rejectionReader == null) {
            rejectionReader = values(settings.recount().usageRejected() + "-value");
        }
        return rejectionReader;
    }

    private void recount(final int partition) {
        final CutOffsets.Stretch found = cut.events().get(partition);
        final CutOffsets.Stretch rerouted = cut.rerouted().get(partition);
        final String topic = settings.recount().usageEvents();
        final long until = Math.max(found.cut(), billed.lastSourceOffset(partition) + 1);
        accounts.get(partition).ifPresent(account -> counting.recounter()
                .resume(partition, account, clocks.get("last-" + partition).orElse(Long.MIN_VALUE)));
        try (HomePartition home = new HomePartition(
                log(topic, partition, found.begin(), Math.min(until, found.end())),
                log(settings.usageRerouted(), partition, rerouted.begin(), rerouted.cut()))) {
            isBeyondCut = home.foundTo() >= found.cut() && found.cut() > found.begin();
            int read = 0;
            for (Optional<Step> step = home.next(); step.isPresent(); step = home.next()) {
                if (!isBeyondCut && !step.get().isRerouted() && step.get().at().offset() >= found.cut()) {
                    settle(partition, home, step.get());
                    isBeyondCut = true;
                }
                isRecordBeyondCut = isBeyondCut && !step.get().isRerouted();
                accept(partition, step.get());
                if (++read % BATCH == 0 || isBeyondCut) {
                    settle(partition, home, step.get());
                }
            }
            settleAt(partition, home.foundTo(), home.reroutedTo());
        }
    }

    /** Keeps what was done; the step itself is done, unless it is the one before which the cut lies. */
    private void settle(final int partition, final HomePartition home, final Step step) {
        final boolean isDone = isBeyondCut
                || step.isRerouted()
                || step.at().offset() < cut.events().get(partition).cut();
        settleAt(partition, isDone ? home.foundTo() : step.at().offset(), home.reroutedTo());
    }

    private void settleAt(final int partition, final long foundTo, final long reroutedTo) {
        final Recounter recounter = counting.recounter();
        clocks.put("last-" + partition, recounter.clock(partition));
        if (!isBeyondCut) {
            accounts.put(partition, recounter.account(partition));
            clocks.put("cut-" + partition, recounter.clock(partition));
        }
        final String topic = settings.recount().usageEvents();
        progress.add(foundTo - positions.get(topic + "-" + partition).orElse(cut.beginOf(topic + "-" + partition)));
        positions.put(topic + "-" + partition, foundTo);
        moveTo(settings.usageRerouted(), partition, reroutedTo);
    }

    private void accept(final int partition, final Step step) {
        if (step.raw().isEmpty()) {
            findings.add(Finding.of(
                    Kind.REROUTE_DIFFERS,
                    settings.usageRerouted() + " " + step.at() + ": the record does not say where it was found"));
            return;
        }
        final RawRecord record = step.raw().get();
        final boolean isTheirs = settings.scope()
                .customer()
                .map(customer -> HomePartition.of(Set.of(customer)).test(record))
                .orElse(true);
        if (!isTheirs) {
            if (!step.isRerouted()) {
                counting.recounter().skip(record);
                rejections.remove(record.position());
            }
        } else if (step.isRerouted()) {
            toggle(record.position(), -1);
            if (isBeyondCut) {
                tables.event(record.value()).ifPresent(event -> inFlight.add(event.customer()));
            }
            counting.recounter().acceptRerouted(record, partition);
        } else {
            counting.recounter().accept(record);
        }
    }

    private void toggle(final SourcePosition position, final int by) {
        final int balance = misplaced.get(position).orElse(0) + by;
        if (balance == 0) {
            misplaced.remove(position);
        } else {
            misplaced.put(position, balance);
        }
    }

    /** Events that were passed on and are not read yet may or may not be in what is billed. */
    private void noteInFlight(final int partition, final CutOffsets.Stretch rerouted) {
        try (PartitionLog log = new PartitionLog(
                new TopicPartition(settings.usageRerouted(), partition),
                rerouted.cut(),
                rerouted.end(),
                settings.recount().client())) {
            while (log.peek().isPresent()) {
                HomePartition.origin(log.take()).ifPresent(record -> {
                    tables.event(record.value()).ifPresent(event -> inFlight.add(event.customer()));
                    misplaced.get(record.position()).ifPresent(balance -> toggle(record.position(), -1));
                });
            }
        }
    }

    private Map<Integer, Account> accountsAtCut() {
        final Map<Integer, Account> all = new TreeMap<>();
        accounts.forEach(all::put);
        return all;
    }

    /** What is left of rejections and misplaced events once all are held against each other. */
    private List<Finding> remaining() {
        final List<Finding> left = new ArrayList<>();
        if (settings.scope().customer().isPresent()) {
            return left;
        }
        rejections.forEach((position, found) -> {
            if (cut.isRead(position)) {
                left.add(Finding.of(
                        Kind.REJECTION_DIFFERS, position + " is rejected as " + found.reason() + ", should not be"));
            }
        });
        misplaced.forEach((position, balance) -> {
            if (cut.isRead(position)) {
                left.add(Finding.of(
                        Kind.REROUTE_DIFFERS,
                        position
                                + (balance > 0
                                        ? " stands in a wrong partition and was not passed on"
                                        : " was passed on " + Math.abs(balance) + " times too often")));
            }
        });
        return left;
    }

    /** Holds what was decided against what is said. */
    private final class Judgements implements Outcomes {
        @Override
        public void settled(final Settled settled) {
            if (isRecordBeyondCut) {
                settled.moved().ifPresent(moved -> freeze(moved, settled.record()));
                return;
            }
            final SourcePosition position = settled.record().position();
            final Optional<RejectionLog.Found> said = rejections.get(position);
            if (settled.isRejected()) {
                final ExpectedRejection should = counting.recounter().rejection(settled);
                difference(should, said)
                        .ifPresent(text -> findings.add(Finding.of(Kind.REJECTION_DIFFERS, position + ": " + text)));
            } else {
                said.ifPresent(found -> findings.add(rejected(settled, found)));
            }
            said.ifPresent(found -> rejections.remove(position));
        }

        private Optional<String> difference(final ExpectedRejection should, final Optional<RejectionLog.Found> said) {
            if (said.isEmpty()) {
                return Optional.of("should be rejected as " + should.reason() + ", is not");
            }
            if (!said.get().reason().equals(should.reason())) {
                return Optional.of("is rejected as " + said.get().reason() + ", should be as " + should.reason());
            }
            return said.get().original().equals(should.original())
                    ? Optional.empty()
                    : Optional.of("its rejection does not hold its bytes");
        }

        private Finding rejected(final Settled settled, final RejectionLog.Found found) {
            final RawEvent event = settled.event().orElseThrow();
            final boolean isByCatalog =
                    Set.of("UNKNOWN_FEATURE", "FEATURE_NOT_IN_EFFECT").contains(found.reason());
            final String text = settled.record().position() + ": event '" + event.key() + "' of customer '"
                    + event.customer() + "' is rejected as " + found.reason() + ", should be " + settled.outcome()
                    + (isByCatalog ? ": the catalog had feature '" + event.feature() + "' before the event came" : "");
            return new Finding(
                    isByCatalog ? Kind.STALE_CATALOG : Kind.REJECTION_DIFFERS,
                    settled.into(),
                    text,
                    Optional.empty(),
                    Optional.empty(),
                    JudgedEvent.of(settled).stream().toList());
        }

        private void freeze(final AggregateTable.Named moved, final RawRecord record) {
            final AggregateName name = moved.name();
            final long billedTo =
                    billed.find(name).map(BilledAggregate::sourceOffset).orElse(-1L);
            if (record.position().offset() > billedTo && frozen.get(name).isEmpty()) {
                frozen.put(name, counting.aggregates().shelved(name));
            }
        }

        @Override
        public Optional<String> claim(final RawRecord record, final RawEvent event) {
            if (!tables.features().isOlder(record.arrivedAt(), event.feature())) {
                return Optional.empty();
            }
            findings.counted(BELIEVED);
            return Optional.of(rejections
                    .get(record.position())
                    .map(RejectionLog.Found::reason)
                    .orElse(""));
        }

        @Override
        public boolean misplaced(final RawRecord record, final RawEvent event, final int home) {
            if (!isRecordBeyondCut) {
                toggle(record.position(), 1);
            }
            return true;
        }
    }

    @Override
    public void close() {
        shelf.close();
    }
}
