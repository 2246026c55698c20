package dev.driftless.cli.subscriptions;

import dev.driftless.cli.file.Problem;
import dev.driftless.cli.table.RowChange;
import dev.driftless.cli.table.RowChange.Effect;
import dev.driftless.cli.table.Rows;
import dev.driftless.cli.table.TablePlan;
import dev.driftless.cli.table.UnusableRow;
import dev.driftless.schemas.Subscription;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What applying subscriptions to those published would do.
 *
 * <p>A row holds all terms of its customer, past ones too, because compaction leaves no other row from which a rerun of
 * the log could place old events as the first run did. A change of what lies back is refused unless it is allowed; see
 * {@link RetroactiveChanges}.
 *
 * @param changes one for each customer, in their order
 * @param problems why it must not be done; empty where it may
 * @param warnings what a person should look at, though it may be done
 */
public record SubscriptionsPlan(List<RowChange<Subscription>> changes, List<Problem> problems, List<Problem> warnings)
        implements TablePlan<Subscription> {
    private static final String ADVICE =
            "What is already counted never moves. After a change of the past, events of that time which come from now on"
                    + " get periods\nthat can overlap with ones already billed. Keep terms that lie back as they are,"
                    + " and add one that starts later.\nWhere nothing is counted yet for a customer, or the overlap is"
                    + " wanted, --allow-retroactive does it anyway.";

    public SubscriptionsPlan {
        changes = List.copyOf(changes);
        problems = List.copyOf(problems);
        warnings = List.copyOf(warnings);
    }

    /**
     * Compares subscriptions with those published.
     *
     * @param wanted the customers with all their terms
     * @param published the rows published
     * @param now where the past ends
     * @param allowRetroactive whether the past may be changed
     */
    public static SubscriptionsPlan of(
            final List<CustomerTerms> wanted,
            final Rows<Subscription> published,
            final Instant now,
            final boolean allowRetroactive) {
        final List<RowChange<Subscription>> changes = new ArrayList<>();
        final List<Problem> retroactive = new ArrayList<>();
        for (final CustomerTerms customer : wanted) {
            final Optional<Subscription> row =
                    Optional.ofNullable(published.byKey().get(customer.customerId()));
            retroactive.addAll(RetroactiveChanges.of(customer, row.map(CustomerTerms::of), now));
            changes.add(change(customer, row, published.spoiled().contains(customer.customerId())));
        }
        final Stream<Problem> unusable = published.unusable().stream().map(UnusableRow::problem);
        return allowRetroactive
                ? new SubscriptionsPlan(
                        changes,
                        List.of(),
                        Stream.concat(unusable, retroactive.stream()).toList())
                : new SubscriptionsPlan(changes, retroactive, unusable.toList());
    }

    @Override
    public String advice() {
        return ADVICE;
    }

    private static RowChange<Subscription> change(
            final CustomerTerms wanted, final Optional<Subscription> published, final boolean isSpoiled) {
        if (published.isEmpty()) {
            return change(Effect.CREATED, wanted.subscription(1));
        }
        final boolean isSame = CustomerTerms.of(published.get()).equals(wanted);
        return isSame && !isSpoiled
                ? change(Effect.UNCHANGED, published.get())
                : change(Effect.CHANGED, wanted.subscription(published.get().getRevision() + 1));
    }

    private static RowChange<Subscription> change(final Effect effect, final Subscription subscription) {
        return new RowChange<>(effect, subscription.getCustomerId(), subscription.getRevision(), subscription);
    }
}
