package dev.driftless.cli.demo;

import dev.driftless.cli.recount.Account;
import dev.driftless.cli.recount.AggregateName;
import dev.driftless.cli.recount.Agreement;
import dev.driftless.cli.recount.BilledAggregate;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How a demo ended.
 *
 * @param published records that the brokers acknowledged
 * @param rerouted those among them that were written into a wrong partition, and so were to be read twice
 * @param account what the application says became of them
 * @param billed what the billing topic says
 * @param agreements what the recount says about both
 * @param seconds how long it took from the first record to the last comparison
 * @param kept where the data is, if it was to be kept
 */
record DemoResult(
        long published,
        long rerouted,
        Account account,
        Map<AggregateName, BilledAggregate> billed,
        List<Agreement> agreements,
        double seconds,
        Optional<Path> kept) {

    /** Whether every record that was published has exactly one outcome, misplaced ones one where they were found too. */
    boolean isBalanced() {
        return account.read() == published + rerouted && account.rerouted() == rerouted;
    }

    /** Whether the recount agrees in everything. */
    boolean isVerified() {
        return agreements.stream().allMatch(Agreement::holds);
    }
}
