package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import dev.driftless.cli.recount.Recounter.ExpectedRejection;
import dev.driftless.cli.recount.RejectionLog.Found;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Holds what came out against what should have. */
final class Comparison {
    private final Expectation expected;

    Comparison(final Expectation expected) {
        this.expected = requireNonNull(expected);
    }

    /** All groups, in the order in which a person reads them. */
    List<Agreement> with(
            final Optional<ReportedAccount> account, final BillingLog billing, final RejectionLog rejected) {
        return List.of(
                accounts(account),
                aggregates(billing.latest()),
                Agreement.of("revisions in billing-usage, gapless from 1", billing.records(), billing.faults()),
                rejections(rejected.found()),
                Agreement.of("records in usage-rejected, one each", rejected.records(), rejected.faults()));
    }

    Agreement accounts(final Optional<ReportedAccount> reported) {
        final List<String> wrong = new ArrayList<>();
        if (reported.isEmpty()) {
            wrong.add("an instance does not answer");
            return Agreement.of("the application's account", 0, wrong);
        }
        final Set<Integer> partitions = new TreeSet<>(expected.accounts().keySet());
        partitions.addAll(reported.get().partitions().keySet());
        for (final int partition : partitions) {
            final Account is = reported.get().partitions().getOrDefault(partition, Account.EMPTY);
            final Account should = expected.accounts().getOrDefault(partition, Account.EMPTY);
            differences(fields(should), fields(is))
                    .ifPresent(found -> wrong.add("partition " + partition + ": " + found));
        }
        wrong.addAll(reported.get().faults());
        return Agreement.of("the application's account, by partition", partitions.size(), wrong);
    }

    private static Map<String, Object> fields(final Account account) {
        // Ticks are not held against each other: one may be written at any time.
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("read", account.read());
        fields.put("counted", account.counted());
        fields.put("duplicates", account.duplicates());
        fields.put("rejected", account.rejected());
        fields.put("rerouted", account.rerouted());
        return fields;
    }

    Agreement aggregates(final Map<AggregateName, BilledAggregate> billed) {
        final List<String> wrong = new ArrayList<>();
        expected.aggregates().forEach((name, should) -> {
            final BilledAggregate is = billed.get(name);
            if (is == null) {
                wrong.add(name + ": is missing");
            } else {
                differences(fields(should), fields(is)).ifPresent(found -> wrong.add(name + ": " + found));
                incomplete(should, is).ifPresent(found -> wrong.add(name + ": " + found));
            }
        });
        billed.keySet().stream()
                .filter(name -> !expected.aggregates().containsKey(name))
                .forEach(name -> wrong.add(name + ": is billed, but no event of it was counted"));
        return Agreement.of("aggregates in billing-usage", expected.aggregates().size(), wrong);
    }

    private static Optional<String> incomplete(final ExpectedAggregate should, final BilledAggregate is) {
        return is.sourceOffset() < should.lastOffset()
                ? Optional.of("says it is complete to offset " + is.sourceOffset() + ", an event at "
                        + should.lastOffset() + " is part of it")
                : Optional.empty();
    }

    /**
     * How an aggregate differs.
     *
     * @param isAnyStatus whether its period may have closed or not
     */
    static Optional<String> differences(
            final ExpectedAggregate should, final BilledAggregate is, final boolean isAnyStatus) {
        final Map<String, Object> expected = fields(should);
        if (isAnyStatus) {
            expected.remove("status");
        }
        return differences(expected, fields(is)).or(() -> incomplete(should, is));
    }

    private static Map<String, Object> fields(final ExpectedAggregate should) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("aggregation", should.aggregation());
        fields.put("unit", should.unit());
        fields.put("quantity", plain(should.quantity()));
        fields.put("eventCount", should.events());
        fields.put("duplicateCount", should.duplicates());
        fields.put("lateCount", should.late());
        fields.put("voidCount", should.voids());
        fields.put("firstOccurredAt", should.firstOccurredAt());
        fields.put("lastOccurredAt", should.lastOccurredAt());
        fields.put("periodEnd", should.periodEnd());
        fields.put("status", should.status());
        fields.put("countedKeysDigest", should.digest());
        fields.put("sourcePartition", should.partition());
        return fields;
    }

    private static Map<String, Object> fields(final BilledAggregate is) {
        final Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("aggregation", is.aggregation());
        fields.put("unit", is.unit());
        fields.put("quantity", plain(is.quantity()));
        fields.put("eventCount", is.events());
        fields.put("duplicateCount", is.duplicates());
        fields.put("lateCount", is.late());
        fields.put("voidCount", is.voids());
        fields.put("firstOccurredAt", is.firstOccurredAt());
        fields.put("lastOccurredAt", is.lastOccurredAt());
        fields.put("periodEnd", is.periodEnd());
        fields.put("status", is.status());
        fields.put("countedKeysDigest", is.digest());
        fields.put("sourcePartition", is.sourcePartition());
        return fields;
    }

    private static String plain(final BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    Agreement rejections(final Map<SourcePosition, Found> found) {
        final List<String> wrong = new ArrayList<>();
        expected.rejections().forEach((position, should) -> {
            final Found is = found.get(position);
            if (is == null) {
                wrong.add(position + ": should be rejected as " + should.reason() + ", is not");
            } else {
                difference(should, is).ifPresent(difference -> wrong.add(position + ": " + difference));
            }
        });
        found.forEach((position, is) -> {
            if (!expected.rejections().containsKey(position)) {
                wrong.add(position + ": is rejected as " + is.reason() + ", should not be");
            }
        });
        return Agreement.of(
                "rejections: position, reason, original bytes",
                expected.rejections().size(),
                wrong);
    }

    private static Optional<String> difference(final ExpectedRejection should, final Found is) {
        if (!should.reason().equals(is.reason())) {
            return Optional.of("is rejected as " + is.reason() + ", should be as " + should.reason());
        }
        return should.original().equals(is.original())
                ? Optional.empty()
                : Optional.of("the rejection does not hold the record's bytes");
    }

    private static Optional<String> differences(final Map<String, Object> should, final Map<String, Object> is) {
        final List<String> different = should.keySet().stream()
                .filter(field -> !Objects.equals(should.get(field), is.get(field)))
                .map(field -> field + " is " + is.get(field) + ", should be " + should.get(field))
                .toList();
        return different.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", different));
    }
}
