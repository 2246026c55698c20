package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Finding.Kind;
import dev.driftless.cli.recount.Reconciliation.FeatureEvents;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.TopicPartition;

/** The last step of a {@link Reconciler}: aggregate by aggregate, then the events that explain what differs. */
final class ReconcileComparison {
    /** Differences that are explained by events; of more only the fields are told. */
    private static final int EXPLAINED = 500;
    /** Most events that are held in memory for that. */
    private static final int MOST_EVENTS = 1_000_000;

    private static final double NANOS = 1e9;

    private final ReconcileSettings settings;
    private final Tables tables;
    private final CutOffsets cut;
    private final AggregateTable aggregates;
    private final Spilled<AggregateName, Optional<AggregateTable.Named>> frozen;
    private final BilledTable billed;
    private final Findings found;
    private final Spilled<String, Long> clocks;
    private final Set<String> inFlight;

    private final Map<Integer, Long> firstTimes = new HashMap<>();
    private final List<Difference> differences = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, FeatureEvents> features = new TreeMap<>();
    private long compared;
    private long unproven;
    private long moving;

    ReconcileComparison(
            final ReconcileSettings settings,
            final Tables tables,
            final CutOffsets cut,
            final AggregateTable aggregates,
            final Spilled<AggregateName, Optional<AggregateTable.Named>> frozen,
            final BilledTable billed,
            final Findings found,
            final Spilled<String, Long> clocks,
            final Set<String> inFlight) {
        this.settings = settings;
        this.tables = tables;
        this.cut = cut;
        this.aggregates = aggregates;
        this.frozen = frozen;
        this.billed = billed;
        this.found = found;
        this.clocks = clocks;
        this.inFlight = inFlight;
    }

    Reconciliation compare(
            final Map<Integer, Account> accounts,
            final List<Finding> remaining,
            final long believed,
            final long begin) {
        checkRawTopic();
        aggregates.forEach(named -> {
            if (settings.scope().holds(named.name())) {
                compare(named);
            }
        });
        billed.forEach((name, is) -> {
            if (settings.scope().holds(name) && !isExpected(name)) {
                compareUnexpected(name, is);
            }
        });
        found.all().stream()
                .filter(finding ->
                        finding.aggregate().map(settings.scope()::holds).orElse(true))
                .forEach(findings::add);
        findings.addAll(remaining);
        findings.addAll(explained());
        return new Reconciliation(
                accounts,
                compared,
                unproven,
                moving,
                believed,
                findings,
                found.left(),
                notes,
                features,
                (System.nanoTime() - begin) / NANOS);
    }

    private final List<Finding> findings = new ArrayList<>();

    private boolean isExpected(final AggregateName name) {
        return frozen.get(name).map(Optional::isPresent).orElseGet(() -> aggregates.holds(name));
    }

    private void compare(final AggregateTable.Named named) {
        final AggregateName name = named.name();
        final Optional<Optional<AggregateTable.Named>> asOfCut = frozen.get(name);
        if (asOfCut.isPresent() && asOfCut.get().isEmpty()) {
            return;
        }
        final ExpectedAggregate should =
                asOfCut.flatMap(state -> state).orElse(named).aggregate();
        final Optional<BilledAggregate> is = billed.find(name);
        if (!isProvable(name, should.partition())) {
            weigh(name, should, is);
            return;
        }
        count(name, should.events(), is.map(BilledAggregate::events).orElse(0L));
        final long clock = clocks.get("cut-" + should.partition()).orElse(Long.MIN_VALUE);
        aggregates.settle(should, clock);
        final Optional<String> fields = is.isEmpty()
                ? Optional.of("is missing")
                : Comparison.differences(should, is.get(), mayHaveClosed(should, clock));
        if (fields.isPresent()) {
            differ(new Difference(name, Optional.of(should), is, fields.get()));
        } else {
            checkCatalog(name, should, is.orElseThrow());
        }
    }

    /** A period that comes to its end between the cut and now may be billed as closed or as open. */
    private boolean mayHaveClosed(final ExpectedAggregate should, final long clock) {
        return !aggregates.isOver(should, clock) && aggregates.isOver(should, System.currentTimeMillis());
    }

    private void compareUnexpected(final AggregateName name, final BilledAggregate is) {
        if (!isProvable(name, is.sourcePartition())) {
            unproven++;
            return;
        }
        final CutOffsets.Stretch source = cut.events().get(is.sourcePartition());
        if (source != null && is.sourceOffset() >= source.end()) {
            moving++;
            return;
        }
        count(name, 0, is.events());
        differ(new Difference(name, Optional.empty(), Optional.of(is), "is billed, but no event of it was counted"));
    }

    private void count(final AggregateName name, final long recounted, final long billedEvents) {
        compared++;
        features.merge(
                name.feature(),
                new FeatureEvents(recounted, billedEvents),
                (sum, more) -> sum.plus(recounted, billedEvents));
    }

    private void differ(final Difference difference) {
        if (inFlight.contains(difference.name().customer())) {
            moving++;
        } else {
            differences.add(difference);
        }
    }

    /** What remains of the events must be in what is billed, or that is wrong whatever was deleted. */
    private void weigh(final AggregateName name, final ExpectedAggregate should, final Optional<BilledAggregate> is) {
        unproven++;
        final long billedEvents = is.map(BilledAggregate::events).orElse(0L);
        if (billedEvents < should.events() && !inFlight.contains(name.customer())) {
            findings.add(new Finding(
                    is.isEmpty() ? Kind.AGGREGATE_REMOVED : Kind.EVENT_MISSING,
                    Optional.of(name),
                    billedEvents + " events are billed, and more are still in the raw topic, though it is truncated",
                    Optional.of(new Finding.Amount(should.quantity(), should.events())),
                    is.map(billing -> new Finding.Amount(billing.quantity(), billing.events())),
                    List.of()));
        }
    }

    private void checkCatalog(final AggregateName name, final ExpectedAggregate should, final BilledAggregate is) {
        tables.features()
                .published(name.feature())
                .filter(definition -> is.catalogRevision() != definition.revision()
                        && (is.catalogRevision() > definition.revision()
                                || should.lastCountedAt() > definition.at() + FeatureTable.LATEST_KNOWN))
                .ifPresent(definition -> findings.add(Finding.of(
                        Kind.STALE_CATALOG,
                        name,
                        "counted by revision " + is.catalogRevision() + " of the feature at "
                                + Instant.ofEpochMilli(should.lastCountedAt()) + ", when revision "
                                + definition.revision() + " was published (" + Instant.ofEpochMilli(definition.at())
                                + ")")));
    }

    /** Whether all events of an aggregate are still there: a period's events come no earlier than the skew before it. */
    private boolean isProvable(final AggregateName name, final int partition) {
        final Long first = firstTimes.get(partition);
        return first == null
                || name.periodStart()
                        >= first + settings.recount().window().clockSkew().toMillis();
    }

    private void checkRawTopic() {
        if (!cut.isGroupKnown()) {
            notes.add("the consumer group '" + settings.applicationId()
                    + "' has read nothing of the usage events: all that stands there is taken for due");
        }
        cut.events().forEach((partition, stretch) -> {
            if (stretch.end() > stretch.cut()) {
                notes.add("partition " + partition + ": the application has yet to read offsets " + stretch.cut()
                        + " to " + (stretch.end() - 1));
            }
            if (stretch.first() > 0) {
                truncated(partition, stretch);
            }
        });
    }

    private void truncated(final int partition, final CutOffsets.Stretch stretch) {
        final long first = firstTime(partition, stretch);
        firstTimes.put(partition, first);
        final long clock = clocks.get("cut-" + partition).orElse(first);
        final String text = "partition " + partition + " begins at offset " + stretch.first() + " ("
                + Instant.ofEpochMilli(first) + "): aggregates of periods before that cannot be proven, only that what"
                + " is left is in them";
        if (clock - first < settings.recount().window().dedup().toMillis()) {
            findings.add(Finding.of(
                    Kind.RAW_TRUNCATED,
                    text + "; the dedup window reaches further back, so events were deleted too early"));
        } else {
            notes.add(text);
        }
    }

    private long firstTime(final int partition, final CutOffsets.Stretch stretch) {
        try (PartitionLog log = new PartitionLog(
                new TopicPartition(settings.recount().usageEvents(), partition),
                stretch.first(),
                stretch.end(),
                settings.recount().client())) {
            return log.peek().map(record -> record.timestamp()).orElseGet(System::currentTimeMillis);
        }
    }

    private List<Finding> explained() {
        if (differences.isEmpty()) {
            return List.of();
        }
        final List<Difference> some = differences.subList(0, Math.min(EXPLAINED, differences.size()));
        final List<Finding> explained = new ArrayList<>(new Explanation(some, events(some)).findings());
        differences.subList(some.size(), differences.size()).stream()
                .map(difference -> new Finding(
                        difference.isSameSet() ? Kind.AGGREGATE_ALTERED : Kind.SET_DIFFERS,
                        Optional.of(difference.name()),
                        difference.fields(),
                        difference.shouldBe(),
                        difference.is(),
                        List.of()))
                .forEach(explained::add);
        return explained;
    }

    private Map<String, List<JudgedEvent>> events(final List<Difference> some) {
        final Set<String> customers = new TreeSet<>();
        some.forEach(difference -> customers.add(difference.name().customer()));
        final Map<Integer, Long> until = new TreeMap<>();
        cut.events().forEach((partition, stretch) -> until.put(partition, stretch.end()));
        final Map<String, List<JudgedEvent>> events = new LinkedHashMap<>();
        final int[] kept = {0};
        new CustomerHistory(settings.recount(), settings.usageRerouted()).read(tables, customers, until, event -> {
            if (kept[0]++ < MOST_EVENTS) {
                events.computeIfAbsent(event.customer(), customer -> new ArrayList<>())
                        .add(event);
            }
        });
        if (kept[0] > MOST_EVENTS) {
            notes.add("customers whose aggregates differ have " + kept[0] + " events; the first " + MOST_EVENTS
                    + " of them were searched for an explanation");
        }
        return events;
    }
}
