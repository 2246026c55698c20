package dev.driftless.client;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds what is wrong with the events of a batch as a whole; each on its own is valid. */
final class BatchCheck {
    private BatchCheck() {}

    /**
     * The events that have the customer and key of an earlier one and another content, by index: the pipeline would
     * reject them as a conflict long after. Equal content is a retry, which is fine.
     *
     * @throws NullPointerException naming the index at which there is no event
     */
    static Map<Integer, ConflictingKeyException> conflicts(final List<Usage> batch) {
        final Map<CustomerKey, Integer> firsts = new HashMap<>();
        final Map<Integer, ConflictingKeyException> conflicts = new HashMap<>();
        for (int index = 0; index < batch.size(); index++) {
            final Usage usage = requireNonNull(batch.get(index), "no event at index " + index + " of the batch");
            final Integer first = firsts.putIfAbsent(new CustomerKey(usage.customer(), usage.idempotencyKey()), index);
            if (first != null && !batch.get(first).hasContentOf(usage)) {
                conflicts.put(
                        index,
                        new ConflictingKeyException(
                                usage,
                                "the event at index " + first + " of the batch has the same key, other content"));
            }
        }
        return conflicts;
    }

    private record CustomerKey(String customer, String idempotencyKey) {}
}
