package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.rules.Violation;
import dev.driftless.streams.domain.period.PeriodCalendar;
import dev.driftless.streams.domain.period.PeriodRule;
import dev.driftless.streams.domain.period.SubscriptionTerms;
import dev.driftless.streams.domain.period.SubscriptionTerms.Term;
import dev.driftless.streams.topology.decode.UndecodableException;
import dev.driftless.streams.topology.decode.WireDecoder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The periods of the partition's customers, from a store that holds the bytes of the topic. What was decoded last is
 * remembered for as long as the bytes are the same. Not safe for use by several threads.
 */
public final class Subscriptions {
    private static final int REMEMBERED = 10_000;

    private final KeyValueStore<Bytes, byte[]> store;
    private final WireDecoder<Subscription> decoder;
    private final Map<String, Decoded> decoded = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(final Map.Entry<String, Decoded> eldest) {
            return size() > REMEMBERED;
        }
    };

    public Subscriptions(final KeyValueStore<Bytes, byte[]> store, final WireDecoder<Subscription> decoder) {
        this.store = store;
        this.decoder = decoder;
    }

    /**
     * Reads a row of the topic.
     *
     * @return the customer's subscription
     * @throws UndecodableException if the row can't be used; the message says why
     * @throws dev.driftless.streams.topology.decode.SchemaRegistryUnavailableException if that can't be told
     */
    public SubscriptionTerms read(final byte[] key, final byte[] value) throws UndecodableException {
        final Subscription subscription = decoder.decode(value);
        if (!Arrays.equals(key, subscription.getCustomerId().getBytes(UTF_8))) {
            throw new UndecodableException(
                    "the row's key must be customerId '" + Violation.shown(subscription.getCustomerId()) + "'");
        }
        try {
            return termsOf(subscription);
        } catch (final IllegalArgumentException e) {
            throw new UndecodableException(e.getMessage(), e);
        }
    }

    /** Keeps a row that {@link #read} accepts; a null value takes the customer's subscription away. */
    public void put(final byte[] key, final byte[] value) {
        store.put(Bytes.wrap(key), value);
    }

    /** The periods of a customer: those of the subscription, or calendar months in UTC where there is none. */
    public PeriodCalendar calendarOf(final String customerId) {
        final byte[] bytes = store.get(Bytes.wrap(customerId.getBytes(UTF_8)));
        if (bytes == null) {
            return PeriodRule.CALENDAR_MONTHS_UTC;
        }
        final Decoded known = decoded.get(customerId);
        if (known != null && Arrays.equals(known.bytes, bytes)) {
            return known.calendar;
        }
        final PeriodCalendar calendar = accepted(customerId, bytes);
        decoded.put(customerId, new Decoded(bytes, calendar));
        return calendar;
    }

    private PeriodCalendar accepted(final String customerId, final byte[] bytes) {
        try {
            return read(customerId.getBytes(UTF_8), bytes);
        } catch (final UndecodableException e) {
            throw new IllegalStateException("a row that can't be read was kept for customer " + customerId, e);
        }
    }

    private static SubscriptionTerms termsOf(final Subscription subscription) {
        return new SubscriptionTerms(
                subscription.getTerms().stream().map(Subscriptions::termOf).toList());
    }

    private static Term termOf(final SubscriptionTerm term) {
        return new Term(
                term.getEffectiveFrom(),
                PeriodRule.parse(term.getInterval().name(), term.getAnchor(), term.getTimeZone()));
    }

    @SuppressWarnings("ArrayRecordComponent") // compared by Arrays.equals
    private record Decoded(byte[] bytes, PeriodCalendar calendar) {}
}
