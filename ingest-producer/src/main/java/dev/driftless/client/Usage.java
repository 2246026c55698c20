package dev.driftless.client;

import static java.util.Objects.hash;

import com.github.f4b6a3.uuid.UuidCreator;
import dev.driftless.schemas.UsageKind;
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
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * One billable product action, or the taking back of one (a void), valid by construction and immutable.
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
    /** {@code null} unless this is a void; not an {@link Optional}, which cannot be serialized. */
    private final String voidedKey;

    private Usage(final Builder wanted) {
        this.customer = wanted.customer;
        this.feature = wanted.feature;
        this.idempotencyKey = wanted.idempotencyKey.get();
        final Instant instant = wanted.occurredAt.get();
        this.voidedKey = wanted.voidedKey.map(Supplier::get).orElse(null);
        requireValid(wanted, idempotencyKey, instant);
        this.value = ExactNumber.canonical(wanted.value);
        this.occurredAt = instant.truncatedTo(ChronoUnit.MILLIS);
        this.properties = new TreeMap<>(wanted.properties);
    }

    /** Starts an event. Customer and feature must be set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Starts the void of an event: an event of its own, with a key of its own, that takes back what the other one
     * contributed. Customer, feature, value and properties are those of the event, as they must be.
     *
     * @param counted the event to take back
     * @throws InvalidUsageException if it is a void itself
     */
    public static Builder voidOf(final Usage counted) {
        if (counted.kind() == UsageKind.VOID) {
            throw new InvalidUsageException(
                    List.of(new Violation("voidedKey", Violation.shown(counted.idempotencyKey), "not name a void")));
        }
        return new Builder()
                .customer(counted.customer)
                .feature(counted.feature)
                .value(counted.value)
                .properties(counted.properties)
                .voids(counted.idempotencyKey);
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

    /** Whether usage took place, or an earlier event is taken back. */
    public UsageKind kind() {
        return voidedKey == null ? UsageKind.USAGE : UsageKind.VOID;
    }

    /** Idempotency key of the event that is taken back; nothing unless this is a void. */
    public Optional<String> voidedKey() {
        return Optional.ofNullable(voidedKey);
    }

    /** Whether both say the same, whenever they say it took place: what the pipeline calls a duplicate, not a conflict. */
    boolean hasContentOf(final Usage other) {
        return feature.equals(other.feature)
                && value.compareTo(other.value) == 0
                && properties.equals(other.properties)
                && Objects.equals(voidedKey, other.voidedKey);
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
                + idempotencyKey + ", occurredAt=" + occurredAt + ", properties=" + properties
                + (voidedKey == null ? "" : ", voidedKey=" + voidedKey) + "]";
    }

    private static void requireValid(final Builder wanted, final String key, final Instant occurredAt) {
        final List<Violation> violations = new ArrayList<>(0);
        FieldRules.customerId(wanted.customer).ifPresent(violations::add);
        FieldRules.feature(wanted.feature).ifPresent(violations::add);
        FieldRules.value(wanted.value).ifPresent(violations::add);
        FieldRules.idempotencyKey(key).ifPresent(violations::add);
        FieldRules.occurredAt(occurredAt).ifPresent(violations::add);
        FieldRules.properties(wanted.properties).ifPresent(violations::add);
        wanted.voidedKey.ifPresent(
                voided -> VoidRules.violation(voided.get(), key).ifPresent(violations::add));
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
        private Optional<Supplier<String>> voidedKey = Optional.empty();

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
         * Makes the event a void: it takes back what the customer's event with this key contributed, exactly once,
         * whichever of the two arrives first. Feature and properties must be those of that event, and the void has a key
         * of its own. Its value does not matter; its time must be admissible, as that of any event.
         */
        public Builder voids(final String keyOfTheOther) {
            this.voidedKey = Optional.of(() -> keyOfTheOther);
            return this;
        }

        /**
         * The event.
         *
         * @throws InvalidUsageException if a field breaks its rule; it names each such field, its value and the rule
         */
        public Usage build() {
            return new Usage(this);
        }
    }
}
