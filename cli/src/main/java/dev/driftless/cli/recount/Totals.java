package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/** The totals, one for each {@link Quantity}. */
final class Totals {
    private Totals() {}

    /** What each event adds is known from the event alone. */
    private abstract static class Additive implements Total {
        private BigDecimal quantity = BigDecimal.ZERO;

        abstract BigDecimal share(RawEvent event);

        @Override
        public BigDecimal quantity() {
            return quantity;
        }

        @Override
        public BigDecimal with(final RawEvent event) {
            return quantity.add(share(event));
        }

        @Override
        public BigDecimal without(final RawEvent event) {
            return quantity.subtract(share(event));
        }

        @Override
        public void add(final RawEvent event) {
            quantity = with(event);
        }

        @Override
        public void remove(final RawEvent event) {
            quantity = without(event);
        }
    }

    static final class Sum extends Additive {
        @Override
        BigDecimal share(final RawEvent event) {
            return event.value();
        }
    }

    static final class Count extends Additive {
        @Override
        BigDecimal share(final RawEvent event) {
            return BigDecimal.ONE;
        }
    }

    /** One of the values stands for all, and nothing can be taken out. */
    private abstract static class Chosen implements Total {
        private RawEvent chosen;

        abstract boolean isChosen(RawEvent event, RawEvent before);

        @Override
        public BigDecimal quantity() {
            return chosen == null ? BigDecimal.ZERO : chosen.value();
        }

        @Override
        public BigDecimal with(final RawEvent event) {
            return chosen == null || isChosen(event, chosen) ? event.value() : chosen.value();
        }

        @Override
        public BigDecimal without(final RawEvent event) {
            throw new IllegalStateException("this quantity takes nothing back");
        }

        @Override
        public void add(final RawEvent event) {
            if (chosen == null || isChosen(event, chosen)) {
                chosen = event;
            }
        }

        @Override
        public void remove(final RawEvent event) {
            throw new IllegalStateException("this quantity takes nothing back");
        }
    }

    static final class Max extends Chosen {
        @Override
        boolean isChosen(final RawEvent event, final RawEvent before) {
            return event.value().compareTo(before.value()) > 0;
        }
    }

    static final class Latest extends Chosen {
        @Override
        boolean isChosen(final RawEvent event, final RawEvent before) {
            return event.occurredAt() >= before.occurredAt();
        }
    }

    /** Distinct values of a property, with how many events have each. */
    static final class Unique implements Total {
        private final String property;
        private final Map<String, Integer> events = new HashMap<>();

        Unique(final String property) {
            this.property = property;
        }

        private String valueOf(final RawEvent event) {
            return event.properties().get(property);
        }

        @Override
        public BigDecimal quantity() {
            return BigDecimal.valueOf(events.size());
        }

        @Override
        public BigDecimal with(final RawEvent event) {
            return events.containsKey(valueOf(event)) ? quantity() : quantity().add(BigDecimal.ONE);
        }

        @Override
        public BigDecimal without(final RawEvent event) {
            return events.getOrDefault(valueOf(event), 0) == 1 ? quantity().subtract(BigDecimal.ONE) : quantity();
        }

        @Override
        public void add(final RawEvent event) {
            events.merge(valueOf(event), 1, Integer::sum);
        }

        @Override
        public void remove(final RawEvent event) {
            events.computeIfPresent(valueOf(event), (value, count) -> count == 1 ? null : count - 1);
        }
    }
}
