package dev.driftless.cli.recount;

import dev.driftless.cli.recount.Recounter.ExpectedRejection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** What the raw events say should have come out. */
public final class Expectation {
    private final Map<Integer, Account> accounts;
    private final Map<AggregateName, ExpectedAggregate> aggregates;
    private final Map<SourcePosition, ExpectedRejection> rejections;

    Expectation(
            final Map<Integer, Account> accounts,
            final Map<AggregateName, ExpectedAggregate> aggregates,
            final Map<SourcePosition, ExpectedRejection> rejections) {
        this.accounts = Collections.unmodifiableMap(new TreeMap<>(accounts));
        this.aggregates = Collections.unmodifiableMap(aggregates);
        this.rejections = Collections.unmodifiableMap(rejections);
    }

    /** By partition; without partitions of which there is no record. */
    public Map<Integer, Account> accounts() {
        return accounts;
    }

    /** Of all partitions together. */
    public Account total() {
        return accounts.values().stream().reduce(Account.EMPTY, Account::plus);
    }

    /** By name. */
    public Map<AggregateName, ExpectedAggregate> aggregates() {
        return aggregates;
    }

    Map<SourcePosition, ExpectedRejection> rejections() {
        return rejections;
    }
}
