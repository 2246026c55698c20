package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.RejectedUsage;
import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageAggregateKey;
import dev.driftless.streams.domain.PartitionAccount;
import dev.driftless.streams.topology.CaseBook.Case;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.streams.test.TestRecord;

/** Plays the lines of a case through the topology and holds what comes out against what the case says. */
final class CaseRun implements AutoCloseable {
    private static final String ARROW = "→";
    private static final Pattern KNOWN_LINE = Pattern.compile("(settings|catalog|subscription|=|-|\\d[-\\d]*\\d) .*");
    private static final Duration SILENCE_STEP_AT_LEAST = Duration.ofSeconds(1);
    private static final int SILENCE_STEPS = 10;

    private final Case script;
    private final TopologyBed bed;
    private final List<TestRecord<UsageAggregateKey, UsageAggregate>> billed = new ArrayList<>();

    CaseRun(final CaseBook book, final Case script) {
        assertThat(script.lines()).allMatch(line -> KNOWN_LINE.matcher(line).matches());
        this.script = script;
        this.bed = new TopologyBed(
                CaseNotation.settings(starting("settings").findFirst().orElse(List.of())), 1);
        book.catalog().forEach(line -> define(CaseBook.words(line)));
        starting("catalog").forEach(this::define);
        bed.at(Instant.EPOCH);
        starting("subscription").forEach(this::subscribe);
    }

    private Stream<List<String>> starting(final String word) {
        return lines(line -> line.startsWith(word + " "))
                .map(CaseBook::words)
                .map(words -> words.subList(1, words.size()));
    }

    private Stream<String> lines(final Predicate<String> kind) {
        return script.lines().stream().filter(kind);
    }

    void play() {
        lines(line -> Character.isDigit(line.charAt(0))).forEach(this::step);
        billed.addAll(bed.billedRecords());
        assertHistory();
        assertAggregates();
    }

    private void step(final String line) {
        final String[] parts = line.split(ARROW, 2);
        final List<String> words = CaseBook.words(parts[0]);
        final Instant time = CaseNotation.time(words.get(0), words.get(1));
        final List<String> what = words.subList(3, words.size());
        switch (words.get(2)) {
            case "tick" -> bed.at(time).tick();
            case "silence" -> silence(time);
            case "catalog" -> define(what);
            case "subscription" -> {
                bed.at(time);
                subscribe(what);
            }
            default -> publish(words.subList(2, words.size()), time, parts[1].strip());
        }
    }

    private void silence(final Instant until) {
        final Duration length = Duration.between(bed.brokerTime(), until);
        final Duration step = length.dividedBy(SILENCE_STEPS);
        assertThat(step).isGreaterThan(SILENCE_STEP_AT_LEAST);
        for (int i = 0; i < SILENCE_STEPS; i++) {
            bed.idle(step);
        }
        bed.at(until);
    }

    private void define(final List<String> words) {
        if (words.get(1).equals("none")) {
            bed.withoutFeature(words.get(0));
        } else {
            final FeatureDefinition feature = CaseNotation.feature(words);
            bed.feature(feature);
        }
    }

    private void subscribe(final List<String> words) {
        bed.subscription(words.get(0), CaseNotation.subscription(words).orElse(null));
    }

    private void publish(final List<String> words, final Instant time, final String expected) {
        final PartitionAccount before = bed.account();
        bed.at(time).publish(CaseNotation.event(words, time));
        final PartitionAccount after = bed.account();
        final Optional<RejectedUsage> rejected = bed.rejections().stream().findFirst();
        final String outcome = rejected.map(RejectedUsage::getReason)
                .map(RejectionReason::name)
                .orElseGet(() -> after.counted() > before.counted() ? "COUNTED" : "DUPLICATE");
        final String[] parts = expected.split(" ", 2);
        assertThat(outcome)
                .as("%s; %s", words, rejected.map(RejectedUsage::getDetail).orElse("not rejected"))
                .isEqualTo(parts[0]);
        if (parts.length == 2) {
            assertThat(rejected.orElseThrow().getDetail())
                    .contains(parts[1].strip().replace("\"", ""));
        }
        assertThat(read(after)).as("each record has one outcome").isEqualTo(read(before) + 1);
    }

    private static long read(final PartitionAccount account) {
        return account.counted() + account.duplicates() + account.rejectedInAll() + account.rerouted();
    }

    private void assertHistory() {
        final List<String> expected = lines(line -> line.startsWith("- ")).toList();
        if (!expected.isEmpty()) {
            final List<String> actual = new ArrayList<>();
            for (int i = 0; i < billed.size(); i++) {
                final String like = i < expected.size() ? expected.get(i) : "";
                actual.add("- " + CaseNotation.time(billed.get(i).getRecordTime()) + " "
                        + BilledLine.of(billed.get(i).value(), like));
            }
            assertThat(actual)
                    .as("all records")
                    .isEqualTo(expected.stream().map(BilledLine::normal).toList());
        }
    }

    private void assertAggregates() {
        final Map<UsageAggregateKey, UsageAggregate> latest = new LinkedHashMap<>();
        billed.forEach(record -> {
            final UsageAggregate before = latest.put(record.key(), record.value());
            assertThat(record.value().getRevision())
                    .as("revisions have no gap")
                    .isEqualTo(before == null ? 1 : before.getRevision() + 1);
        });
        final List<String> expected = lines(line -> line.startsWith("= ")).toList();
        final List<String> actual = latest.values().stream()
                .map(aggregate -> "= " + BilledLine.of(aggregate, like(aggregate, expected)))
                .toList();
        assertThat(actual)
                .as("last record of each aggregate")
                .containsExactlyInAnyOrderElementsOf(
                        expected.stream().map(BilledLine::normal).toList());
    }

    private static String like(final UsageAggregate aggregate, final List<String> expected) {
        final String name = "= " + BilledLine.nameOf(aggregate) + " ";
        return expected.stream()
                .map(BilledLine::normal)
                .filter(line -> line.startsWith(name))
                .findFirst()
                .orElse("");
    }

    @Override
    public void close() {
        bed.close();
    }
}
