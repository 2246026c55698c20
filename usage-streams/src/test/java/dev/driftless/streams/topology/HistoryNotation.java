package dev.driftless.streams.topology;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.topology.HistoryStep.Define;
import dev.driftless.streams.topology.HistoryStep.Garbage;
import dev.driftless.streams.topology.HistoryStep.Restart;
import dev.driftless.streams.topology.HistoryStep.Subscribe;
import dev.driftless.streams.topology.HistoryStep.Usage;
import java.util.Optional;
import java.util.stream.Collectors;

/** Steps in the notation of docs/cases.md, so that a history that fails can become a case there. */
final class HistoryNotation {
    private HistoryNotation() {}

    static String of(final HistoryStep step) {
        return CaseNotation.time(step.at()) + "  " + what(step);
    }

    private static String what(final HistoryStep step) {
        if (step instanceof Usage usage) {
            final UsageEvent event = usage.event();
            final String note = usage.key().equals(event.getCustomerId()) ? "" : "  -- record key " + usage.key();
            return event(event) + note;
        }
        if (step instanceof Define define) {
            return "catalog " + feature(define.definition());
        }
        if (step instanceof Subscribe subscribe) {
            return "subscription " + subscribe.customer() + " "
                    + subscribe
                            .subscription()
                            .map(subscription -> subscription.getTerms().stream()
                                    .map(term -> term.getInterval() + " " + term.getAnchor() + " " + term.getTimeZone()
                                            + " from " + CaseNotation.time(term.getEffectiveFrom()))
                                    .collect(Collectors.joining(" ; ")))
                            .orElse("none");
        }
        if (step instanceof Restart) {
            return "restart";
        }
        return step instanceof Garbage garbage ? "garbage of " + garbage.length() + " bytes" : "tick";
    }

    private static String event(final UsageEvent event) {
        return event.getCustomerId() + "/" + event.getFeature()
                + " " + event.getValue().stripTrailingZeros().toPlainString()
                + (event.getKind() == UsageKind.VOID ? " void #" + event.getVoidedKey() : "")
                + " #" + event.getIdempotencyKey()
                + " at " + CaseNotation.time(event.getOccurredAt())
                + event.getProperties().entrySet().stream()
                        .map(property -> " " + property.getKey() + "=" + property.getValue())
                        .sorted()
                        .collect(Collectors.joining());
    }

    private static String feature(final FeatureDefinition feature) {
        return feature.getCode() + " " + feature.getAggregation()
                + given(" of ", Optional.ofNullable(feature.getUniqueProperty()))
                + (feature.getGroupBy().isEmpty() ? "" : " by " + String.join(",", feature.getGroupBy()))
                + given(" late ", Optional.ofNullable(feature.getLatePolicy()))
                + given(" min ", Optional.ofNullable(feature.getMinimum()))
                + given(" max ", Optional.ofNullable(feature.getMaximum()))
                + (feature.getWholeNumbers() ? " whole" : "")
                + " rev " + feature.getRevision()
                + feature.getEffective().stream()
                        .map(interval -> " from " + CaseNotation.time(interval.getFrom())
                                + given(
                                        " until ",
                                        Optional.ofNullable(interval.getUntil()).map(CaseNotation::time)))
                        .collect(Collectors.joining());
    }

    private static String given(final String word, final Optional<?> value) {
        return value.map(given -> word + given).orElse("");
    }
}
