package dev.driftless.client;

import static java.util.Objects.hash;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.driftless.schemas.rules.FieldRules;
import dev.driftless.schemas.rules.Violation;
import java.io.Serializable;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One billable product action, valid by construction and immutable.
 *
 * <p>Its idempotency key and time are fixed when it is built, so that sending the same object again is always a retry of
 * the same event, byte for byte, and never a second one. To be safe against a crash of the sender, too, take the key
 * from what the usage stands for (an order, a request) instead of leaving it to be generated.
 */
public final class Usage implements Serializable {
    private static final long serialVersionUID = 1L;

    private final String customer;
    private final String feature;
    private final BigDecimal value;
    private final String idempotencyKey;
    private final Instant occurredAt;
    private final TreeMap<String, String> properties;

    private Usage(
            final String customer,
            final String feature,
            final BigDecimal value,
            final String idempotencyKey,
            final Instant occurredAt,
            final Map<String, String> properties) {
        requireValid(customer, feature, value, idempotencyKey, occurredAt, properties);
        this.customer = customer;
        this.feature = feature;
        this.value = ExactNumber.canonical(value);
        this.idempotencyKey = idempotencyKey;
        this.occurredAt = occurredAt.truncatedTo(ChronoUnit.MILLIS);
        this.properties = new TreeMap<>(properties);
    }

    /** Starts an event. Customer and feature must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /** The billing customer. */
    public String customer() {
        return customer;
    }

    /** The feature code. */
    public String feature() {
        return feature;
    }

    /** How much was used, without zeros at the end and without an exponent. */
    public BigDecimal value() {
        return value;
    }

    /** What makes a retry safe. */
    public String idempotencyKey() {
        return idempotencyKey;
    }

    /** When the action took place, in whole milliseconds. */
    public Instant occurredAt() {
        return occurredAt;
    }

    /** Dimensions of the action, ordered by name; unmodifiable. */
    public Map<String, String> properties() {
        return Collections.unmodifiableMap(properties);
    }

    /** Whether both say the same, whenever they say it took place: what the pipeline calls a duplicate, not a conflict. */
    boolean hasContentOf(final Usage other) {
        return feature.equals(other.feature)
                && value.compareTo(other.value) == 0
                && properties.equals(other.properties);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof Usage that
                && customer.equals(that.customer)
                && idempotencyKey.equals(that.idempotencyKey)
                && occurredAt.equals(that.occurredAt)
                && hasContentOf(that);
    }

    @Override
    public int hashCode() {
        return hash(customer, idempotencyKey);
    }

    @Override
    public String toString() {
        return "Usage[customer=" + customer + ", feature=" + feature + ", value=" + value + ", idempotencyKey="
                + idempotencyKey + ", occurredAt=" + occurredAt + ", properties=" + properties + "]";
    }

    private static void requireValid(
            final String customer,
            final String feature,
            final BigDecimal value,
            final String idempotencyKey,
            final Instant occurredAt,
            final Map<String, String> properties) {
        final List<Violation> violations = new ArrayList<>(0);
        FieldRules.customerId(customer).ifPresent(violations::add);
        FieldRules.feature(feature).ifPresent(violations::add);
        FieldRules.value(value).ifPresent(violations::add);
        FieldRules.idempotencyKey(idempotencyKey).ifPresent(violations::add);
        FieldRules.occurredAt(occurredAt).ifPresent(violations::add);
        FieldRules.properties(properties).ifPresent(violations::add);
        if (!violations.isEmpty()) {
            throw new InvalidUsageException(violations);
        }
    }

    /**
     * Collects the fields of one event. Not safe for use by several threads.
     *
     * <p>A field that is set to {@code null} is refused, not treated as absent: a key that was meant to be there and is
     * not must never be replaced by a generated one.
     */
    public static final class Builder {
        private String customer;
        private String feature;
        private BigDecimal value = BigDecimal.ONE;
        private Supplier<String> idempotencyKey =
                () -> UuidCreator.getTimeOrderedEpoch().toString();
        private Supplier<Instant> occurredAt = Instant::now;
        private final Map<String, String> properties = new LinkedHashMap<>();

        private Builder() {}

        /** The billing customer: 1 to 200 characters, not blank, no control characters. */
        public Builder customer(final String customerId) {
            this.customer = customerId;
            return this;
        }

        /** The feature code: {@code ^[a-z][a-z0-9_]{0,99}$}. */
        public Builder feature(final String code) {
            this.feature = code;
            return this;
        }

        /** How much was used, a whole number; 1 unless set. May be zero or negative. */
        public Builder value(final long number) {
            return value(BigDecimal.valueOf(number));
        }

        /**
         * How much was used: at most 29 digits before and 9 after the decimal point, zeros at the end not counted; 1
         * unless set. May be zero or negative. There is deliberately no {@code double}, which could not hold it exactly.
         */
        public Builder value(final BigDecimal number) {
            this.value = number;
            return this;
        }

        /**
         * How much was used, in decimal notation as of {@link BigDecimal#BigDecimal(String)}, else as
         * {@link #value(BigDecimal)}.
         *
         * @throws InvalidUsageException if the text is not a number
         */
        public Builder value(final String number) {
            return value(ExactNumber.parse(number));
        }

        /**
         * What makes a retry safe: 1 to 256 characters, not blank, no control characters, unique per customer. Unless
         * set, each {@link #build()} generates a UUID of version 7.
         */
        public Builder idempotencyKey(final String key) {
            this.idempotencyKey = () -> key;
            return this;
        }

        /** When the action took place, in the years 1970 to 9998, cut to milliseconds; unless set, when it is built. */
        public Builder occurredAt(final Instant instant) {
            this.occurredAt = () -> instant;
            return this;
        }

        /** Adds one property, in place of an earlier one of that name. Name 1 to 100 characters, value at most 1,000. */
        public Builder property(final String name, final String content) {
            properties.put(name, content);
            return this;
        }

        /**
         * Adds properties as {@link #property} does; at most 50 in all.
         *
         * @throws InvalidUsageException if the map is {@code null}
         */
        public Builder properties(final Map<String, String> added) {
            if (added == null) {
                throw new InvalidUsageException(
                        FieldRules.properties(null).stream().toList());
            }
            properties.putAll(added);
            return this;
        }

        /**
         * The event.
         *
         * @throws InvalidUsageException if a field breaks its rule; it names each such field, its value and the rule
         */
        public Usage build() {
            return new Usage(customer, feature, value, idempotencyKey.get(), occurredAt.get(), properties);
        }
    }
}
