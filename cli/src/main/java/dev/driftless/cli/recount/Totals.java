package dev.driftless.cli.recount;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

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

        @Override
        public void writeTo(final DataOutputStream out) throws IOException {
            Packed.write(out, quantity);
        }

        @Override
        public void readFrom(final DataInputStream in) throws IOException {
            quantity = Packed.readDecimal(in);
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
        private Chosen.Value chosen;

        private record Value(BigDecimal value, long occurredAt) {}

        abstract boolean isChosen(RawEvent event, BigDecimal valueBefore, long occurredBefore);

        private boolean isChosen(final RawEvent event) {
            return chosen == null || isChosen(event, chosen.value(), chosen.occurredAt());
        }

        @Override
        public BigDecimal quantity() {
            return chosen == null ? BigDecimal.ZERO : chosen.value();
        }

        @Override
        public BigDecimal with(final RawEvent event) {
            return isChosen(event) ? event.value() : chosen.value();
        }

        @Override
        public BigDecimal without(final RawEvent event) {
            throw new IllegalStateException("this quantity takes nothing back");
        }

        @Override
        public void add(final RawEvent event) {
            if (isChosen(event)) {
                chosen = new Value(event.value(), event.occurredAt());
            }
        }

        @Override
        public void remove(final RawEvent event) {
            throw new IllegalStateException("this quantity takes nothing back");
        }

        @Override
        public void writeTo(final DataOutputStream out) throws IOException {
            Packed.writeOptional(out, Optional.ofNullable(chosen), (to, value) -> {
                Packed.write(to, value.value());
                to.writeLong(value.occurredAt());
            });
        }

        @Override
        public void readFrom(final DataInputStream in) throws IOException {
            chosen = Packed.readOptional(in, from -> new Value(Packed.readDecimal(from), from.readLong()))
                    .orElse(null);
        }
    }

    static final class Max extends Chosen {
        @Override
        boolean isChosen(final RawEvent event, final BigDecimal valueBefore, final long occurredBefore) {
            return event.value().compareTo(valueBefore) > 0;
        }
    }

    static final class Latest extends Chosen {
        @Override
        boolean isChosen(final RawEvent event, final BigDecimal valueBefore, final long occurredBefore) {
            return event.occurredAt() >= occurredBefore;
        }
    }

    /** How many events have a value of a property. */
    interface Distinct {
        int events(String value);

        void set(String value, int events);

        /** In memory. */
        static Distinct in(final Map<String, Integer> values) {
            return new Distinct() {
                @Override
                public int events(final String value) {
                    return values.getOrDefault(value, 0);
                }

                @Override
                public void set(final String value, final int events) {
                    values.put(value, events);
                }
            };
        }
    }

    /** Distinct values of a property, with how many events have each. */
    static final class Unique implements Total {
        private final String property;
        private final Distinct values;
        private long size;

        Unique(final String property, final Distinct values) {
            this.property = property;
            this.values = values;
        }

        private String valueOf(final RawEvent event) {
            return event.properties().get(property);
        }

        @Override
        public BigDecimal quantity() {
            return BigDecimal.valueOf(size);
        }

        @Override
        public BigDecimal with(final RawEvent event) {
            return values.events(valueOf(event)) > 0 ? quantity() : quantity().add(BigDecimal.ONE);
        }

        @Override
        public BigDecimal without(final RawEvent event) {
            return values.events(valueOf(event)) == 1 ? quantity().subtract(BigDecimal.ONE) : quantity();
        }

        @Override
        public void add(final RawEvent event) {
            final int before = values.events(valueOf(event));
            values.set(valueOf(event), before + 1);
            size += before == 0 ? 1 : 0;
        }

        @Override
        public void remove(final RawEvent event) {
            final int before = values.events(valueOf(event));
            values.set(valueOf(event), Math.max(0, before - 1));
            size -= before == 1 ? 1 : 0;
        }

        @Override
        public void writeTo(final DataOutputStream out) throws IOException {
            out.writeLong(size);
        }

        @Override
        public void readFrom(final DataInputStream in) throws IOException {
            size = in.readLong();
        }
    }
}
