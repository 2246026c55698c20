package dev.driftless.cli.recount;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.avro.generic.GenericRecord;

/** The catalog. */
final class FeatureTable {
    /** Within so many milliseconds the application has read a new definition. */
    static final long LATEST_KNOWN = 60_000;

    private final Map<String, Definition> features = new HashMap<>();
    private final Map<String, Published> published = new HashMap<>();

    /**
     * When the definition in the table was published, which may not be the feature's first.
     *
     * @param at broker time in milliseconds
     * @param revision of the definition
     */
    record Published(long at, long revision) {}

    /**
     * A feature.
     *
     * @param effective stretches of time in milliseconds, half-open
     * @param groupBy properties that split the usage
     * @param uniqueProperty whose distinct values are counted, for {@link Quantity#UNIQUE}
     * @param latePolicy name of what becomes of late events; nothing for the installation's
     */
    record Definition(
            String code,
            Quantity aggregation,
            String unit,
            List<Stretch> effective,
            Optional<BigDecimal> minimum,
            Optional<BigDecimal> maximum,
            boolean wholeNumbers,
            List<String> groupBy,
            Optional<String> uniqueProperty,
            Optional<String> latePolicy) {

        /** Those of an event's properties that split the usage; an empty text where it has none. */
        Map<String, String> groups(final RawEvent event) {
            final Map<String, String> groups = new TreeMap<>();
            groupBy.forEach(property -> groups.put(property, event.properties().getOrDefault(property, "")));
            return groups;
        }

        boolean isInEffect(final long instant) {
            return effective.stream()
                    .anyMatch(stretch -> instant >= stretch.from()
                            && stretch.until().map(until -> instant < until).orElse(true));
        }

        boolean admits(final BigDecimal value) {
            return minimum.map(least -> value.compareTo(least) >= 0).orElse(true)
                    && maximum.map(most -> value.compareTo(most) <= 0).orElse(true)
                    && (!wholeNumbers || value.remainder(BigDecimal.ONE).signum() == 0);
        }
    }

    /** Half-open; without an end it goes on. */
    record Stretch(long from, Optional<Long> until) {}

    static FeatureTable read(final RecountSettings settings, final RegistrySchemas schemas) {
        final AvroValues definitions =
                new AvroValues(schemas.latest(settings.featureCatalog() + "-value"), schemas::byId);
        final FeatureTable table = new FeatureTable();
        try (TopicLog log = new TopicLog(settings.featureCatalog(), settings.client())) {
            log.advance(record -> definitions.read(record.value()).ifPresent(row -> {
                final Definition definition = definition(row);
                table.publish(definition, new Published(record.timestamp(), AvroValues.number(row, "revision")));
            }));
        }
        return table;
    }

    /** Differs between two tables that differ. */
    String signature() {
        return new TreeMap<>(published).toString();
    }

    void put(final Definition definition) {
        features.put(definition.code(), definition);
    }

    /** When a feature's definition was published, and which it is; nothing for a code that is not in the catalog. */
    Optional<Published> published(final String code) {
        return Optional.ofNullable(published.get(code));
    }

    /**
     * Whether an event may have been judged by another definition than the published one, because it came before that, or so
     * shortly after that the application may not have known.
     */
    boolean isOlder(final long arrivedAt, final String code) {
        return published(code)
                .filter(now -> arrivedAt < now.at() + LATEST_KNOWN)
                .isPresent();
    }

    void publish(final Definition definition, final Published when) {
        put(definition);
        published.put(definition.code(), when);
    }

    Optional<Definition> find(final String code) {
        return Optional.ofNullable(features.get(code));
    }

    private static Definition definition(final GenericRecord decoded) {
        final List<Stretch> effective = new ArrayList<>();
        for (final Object interval : (List<?>) decoded.get("effective")) {
            final GenericRecord stretch = (GenericRecord) interval;
            effective.add(new Stretch(AvroValues.number(stretch, "from"), AvroValues.optionalNumber(stretch, "until")));
        }
        return new Definition(
                AvroValues.text(decoded, "code"),
                Quantity.named(AvroValues.text(decoded, "aggregation")),
                AvroValues.text(decoded, "unit"),
                effective,
                AvroValues.optionalDecimal(decoded, "minimum"),
                AvroValues.optionalDecimal(decoded, "maximum"),
                (Boolean) decoded.get("wholeNumbers"),
                ((List<?>) decoded.get("groupBy"))
                        .stream().map(Object::toString).toList(),
                AvroValues.optionalText(decoded, "uniqueProperty"),
                AvroValues.optionalText(decoded, "latePolicy"));
    }
}
