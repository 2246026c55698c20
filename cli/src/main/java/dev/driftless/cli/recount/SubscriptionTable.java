package dev.driftless.cli.recount;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.generic.GenericRecord;

/**
 * The customers' periods, as the last row of each says. All terms of a customer are in it, past ones too, so that it places
 * each event as the row did that was in force when the event was counted. For use by one thread.
 */
final class SubscriptionTable {
    private final Map<String, List<Term>> terms = new HashMap<>();
    private final Cut otherwise = Cut.monthsInUtc();

    /** How periods are cut from a millisecond on. */
    record Term(long from, Cut cut) {
        Term {
            requireNonNull(cut);
        }
    }

    static SubscriptionTable read(final RecountSettings settings, final RegistrySchemas schemas) {
        final AvroValues rows = new AvroValues(schemas.latest(settings.subscriptions() + "-value"), schemas::byId);
        final SubscriptionTable table = new SubscriptionTable();
        try (TopicLog log = new TopicLog(settings.subscriptions(), settings.client())) {
            log.advance(record -> rows.read(record.value()).ifPresent(table::put));
        }
        return table;
    }

    private void put(final GenericRecord row) {
        final List<Term> cuts = new ArrayList<>();
        for (final Object term : (List<?>) row.get("terms")) {
            final GenericRecord said = (GenericRecord) term;
            cuts.add(new Term(
                    AvroValues.number(said, "effectiveFrom"),
                    Cut.of(
                            AvroValues.text(said, "interval"),
                            AvroValues.text(said, "anchor"),
                            AvroValues.text(said, "timeZone"))));
        }
        put(AvroValues.text(row, "customerId"), cuts);
    }

    void put(final String customer, final List<Term> cuts) {
        terms.put(customer, List.copyOf(cuts));
    }

    /** The customer's period that holds an instant: that of its term, from the term's begin and to the next term's. */
    Period periodOf(final String customer, final long instant) {
        long from = Long.MIN_VALUE;
        long until = Long.MAX_VALUE;
        Cut cut = otherwise;
        for (final Term term : terms.getOrDefault(customer, List.of())) {
            if (term.from() <= instant) {
                from = term.from();
                cut = term.cut();
            } else {
                until = Math.min(until, term.from());
            }
        }
        final Period whole = cut.periodOf(instant);
        return new Period(Math.max(from, whole.start()), Math.min(until, whole.end()));
    }
}
