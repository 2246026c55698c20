package dev.driftless.streams.topology;

import dev.driftless.schemas.Aggregation;
import dev.driftless.schemas.EffectiveInterval;
import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.LatePolicy;
import dev.driftless.schemas.PeriodInterval;
import dev.driftless.schemas.Subscription;
import dev.driftless.schemas.SubscriptionTerm;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.AdmissionWindow;
import dev.driftless.streams.domain.counting.ClosingRules;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How docs/cases.md writes times, events, features, subscriptions and settings. */
final class CaseNotation {
    private static final String YEAR = "2026-";
    private static final Instant ALWAYS = Instant.parse("2020-01-01T00:00:00Z");
    private static final DateTimeFormatter MINUTES = formatter("uuuu-MM-dd HH:mm");
    private static final DateTimeFormatter SECONDS = formatter("uuuu-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MILLIS = formatter("uuuu-MM-dd HH:mm:ss.SSS");

    private CaseNotation() {}

    private static DateTimeFormatter formatter(final String pattern) {
        return DateTimeFormatter.ofPattern(pattern).withZone(ZoneOffset.UTC);
    }

    /** {@code 03-10 12:00}, {@code 2027-01-01 00:00:00.001}: UTC, of 2026 unless a year is given. */
    static Instant time(final String date, final String timeOfDay) {
        final String fullDate = date.length() == "MM-dd".length() ? YEAR + date : date;
        return LocalDateTime.parse(fullDate + "T" + timeOfDay).toInstant(ZoneOffset.UTC);
    }

    static String time(final Instant time) {
        final DateTimeFormatter form =
                time.toEpochMilli() % 60_000 == 0 ? MINUTES : time.toEpochMilli() % 1_000 == 0 ? SECONDS : MILLIS;
        final String shown = form.format(time);
        return shown.startsWith(YEAR) ? shown.substring(YEAR.length()) : shown;
    }

    /** {@code [customer/]feature [value] [void #key] #key [at time] [property=value ...]}. */
    static UsageEvent.Builder event(final List<String> words, final Instant arrival) {
        final Words rest = new Words(words);
        final String[] name = rest.next().split("/", 2);
        final UsageEvent.Builder event = TopologyBed.event(name[name.length - 1], "")
                .setCustomerId(name.length == 2 ? name[0] : "acme")
                .setOccurredAt(arrival);
        final Map<String, String> properties = new HashMap<>();
        while (rest.hasNext()) {
            final String word = rest.next();
            if (word.equals("void")) {
                event.setKind(UsageKind.VOID).setVoidedKey(rest.next().substring(1));
            } else if (word.equals("at")) {
                event.setOccurredAt(time(rest.next(), rest.next()));
            } else if (word.startsWith("#")) {
                event.setIdempotencyKey(word.substring(1));
            } else if (word.contains("=")) {
                properties.put(word.substring(0, word.indexOf('=')), word.substring(word.indexOf('=') + 1));
            } else {
                event.setValue(TopologyBed.decimal(word));
            }
        }
        return event.setProperties(properties);
    }

    /** {@code code AGGREGATION [of property] [by p1,p2] [late POLICY] [min n] [max n] [whole] [rev n] [from t [until t]]...}. */
    static FeatureDefinition feature(final List<String> words) {
        final Words rest = new Words(words);
        final FeatureDefinition.Builder feature = TopologyBed.definition(rest.next(), Aggregation.valueOf(rest.next()));
        final List<EffectiveInterval> effective = new ArrayList<>();
        while (rest.hasNext()) {
            final String word = rest.next();
            switch (word) {
                case "of" -> feature.setUniqueProperty(rest.next());
                case "by" -> feature.setGroupBy(Arrays.asList(rest.next().split(",")));
                case "late" -> feature.setLatePolicy(LatePolicy.valueOf(rest.next()));
                case "min" -> feature.setMinimum(TopologyBed.decimal(rest.next()));
                case "max" -> feature.setMaximum(TopologyBed.decimal(rest.next()));
                case "whole" -> feature.setWholeNumbers(true);
                case "rev" -> feature.setRevision(Long.parseLong(rest.next()));
                case "from" -> effective.add(new EffectiveInterval(time(rest.next(), rest.next()), null));
                case "until" -> {
                    final Instant from = effective.remove(effective.size() - 1).getFrom();
                    effective.add(new EffectiveInterval(from, time(rest.next(), rest.next())));
                }
                default -> throw new IllegalArgumentException("a feature has no '" + word + "'");
            }
        }
        return feature.setEffective(effective.isEmpty() ? List.of(new EffectiveInterval(ALWAYS, null)) : effective)
                .build();
    }

    /** {@code customer INTERVAL anchor zone [from time] [; INTERVAL ...]}, or {@code customer none}. */
    static Optional<Subscription> subscription(final List<String> words) {
        final Words rest = new Words(words);
        final String customerId = rest.next();
        if (words.get(1).equals("none")) {
            return Optional.empty();
        }
        final List<SubscriptionTerm> terms = new ArrayList<>();
        while (rest.hasNext()) {
            final PeriodInterval interval = PeriodInterval.valueOf(rest.next());
            final String anchor = rest.next();
            final String zone = rest.next();
            final Instant from = rest.skip("from") ? time(rest.next(), rest.next()) : ALWAYS;
            terms.add(new SubscriptionTerm(from, interval, anchor, zone));
            rest.skip(";");
        }
        return Optional.of(new Subscription(customerId, 1L, terms));
    }

    /** {@code [grace d] [late POLICY] [groups n] [emission d] [window d age d skew d]}; anything else is as delivered. */
    static TopologySettings settings(final List<String> words) {
        final Map<String, String> given = new HashMap<>();
        final Words rest = new Words(words);
        while (rest.hasNext()) {
            given.put(rest.next(), rest.next());
        }
        final TopologySettings delivered = TopologySettings.DEFAULT;
        final AdmissionWindow window = delivered.window();
        final ClosingRules closing = delivered.closing();
        final TopologySettings settings = new TopologySettings(
                new AdmissionWindow(
                        duration(given.remove("window"), window.dedupWindow()),
                        duration(given.remove("age"), window.admissibleAge()),
                        duration(given.remove("skew"), window.clockSkew())),
                delivered.dedupBuckets(),
                delivered.usageEventsRetention(),
                new ClosingRules(
                        duration(given.remove("grace"), closing.grace()),
                        Optional.ofNullable(given.remove("late"))
                                .map(LatePolicy::valueOf)
                                .orElse(closing.latePolicy()),
                        Optional.ofNullable(given.remove("groups"))
                                .map(Integer::valueOf)
                                .orElse(closing.groupLimit())),
                duration(given.remove("emission"), delivered.emissionInterval()),
                delivered.idleDelay());
        if (!given.isEmpty()) {
            throw new IllegalArgumentException("there are no settings " + given);
        }
        return settings;
    }

    private static Duration duration(final String given, final Duration otherwise) {
        if (given == null) {
            return otherwise;
        }
        return Duration.parse(given.endsWith("d") ? "P" + given : "PT" + given);
    }

    /** The words of a line, one after the other. */
    private static final class Words {
        private final List<String> words;
        private int at;

        Words(final List<String> words) {
            this.words = words;
        }

        boolean hasNext() {
            return at < words.size();
        }

        String next() {
            if (!hasNext()) {
                throw new IllegalArgumentException("a word is missing after " + words);
            }
            return words.get(at++);
        }

        boolean skip(final String word) {
            final boolean isNext = hasNext() && words.get(at).equals(word);
            at += isNext ? 1 : 0;
            return isNext;
        }
    }
}
