package dev.driftless.cli.recount;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a reconciliation has found.
 *
 * @param accounts what became of the raw records, by partition, as recounted up to the cut
 * @param compared aggregates held against what is billed
 * @param unproven billed aggregates whose events are no longer all there, so that nothing can be said of them
 * @param moving aggregates that were changing while they were compared, by events not yet read to their end
 * @param believed events older than their feature's definition, for which the application's word was taken
 * @param findings what differs
 * @param left findings beyond those listed
 * @param notes what limits the result
 * @param features by feature: what should be billed, and what is
 * @param seconds how long it took, without earlier runs that were stopped
 */
public record Reconciliation(
        Map<Integer, Account> accounts,
        long compared,
        long unproven,
        long moving,
        long believed,
        List<Finding> findings,
        long left,
        List<String> notes,
        Map<String, FeatureEvents> features,
        double seconds) {
    public Reconciliation {
        accounts = new TreeMap<>(accounts);
        findings = List.copyOf(findings);
        notes = List.copyOf(notes);
        features = new TreeMap<>(features);
    }

    /** How many events of a feature were counted by the recount, and by what is billed. */
    public record FeatureEvents(long recounted, long billed) {
        FeatureEvents plus(final long moreRecounted, final long moreBilled) {
            return new FeatureEvents(recounted + moreRecounted, billed + moreBilled);
        }
    }

    /** Whether all that can be proven agrees. */
    public boolean agrees() {
        return findings.isEmpty();
    }
}
