package dev.driftless.streams.provisioning;

import dev.driftless.streams.provisioning.Drift.Remedy;
import dev.driftless.streams.provisioning.TopicSpec.Origin;
import dev.driftless.streams.provisioning.TopicSpec.Partitioning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Holds what topics are against what they must be. Asks nobody: a pure function. */
final class TopicComparison {
    private final ProvisioningSettings settings;
    private final Map<String, TopicState> found;

    /**
     * A comparison.
     *
     * @param settings from which follows what topics must be
     * @param found the topics that exist, by name
     */
    TopicComparison(final ProvisioningSettings settings, final Map<String, TopicState> found) {
        this.settings = settings;
        this.found = Map.copyOf(found);
    }

    /** Partitions of the leading topic: those that it has, or would be created with. */
    int partitions() {
        return usageEvents().map(TopicState::partitions).orElseGet(settings::partitions);
    }

    /** How long usage events are kept: as configured, or as the topic has it where that is longer; nothing for ever. */
    Optional<Duration> usageEventsRetention() {
        return RetentionRules.readable(settings, usageEvents());
    }

    private List<TopicSpec> specs() {
        return TopicSpecs.of(settings, usageEvents());
    }

    private Optional<TopicState> usageEvents() {
        return Optional.ofNullable(found.get(settings.topics().usageEvents()));
    }

    List<Drift> drifts() {
        final List<Drift> drifts = new ArrayList<>();
        specs().forEach(spec -> drifts.addAll(driftsOf(spec)));
        return drifts;
    }

    private List<Drift> driftsOf(final TopicSpec spec) {
        final TopicState state = found.get(spec.name());
        if (state != null) {
            final List<Drift> drifts = new ArrayList<>();
            partitionDrift(spec, state).ifPresent(drifts::add);
            replicationDrift(spec, state).ifPresent(drifts::add);
            drifts.addAll(settingDrifts(spec, state));
            return drifts;
        }
        return spec.origin() == Origin.INTERNAL ? List.of() : List.of(missing(spec));
    }

    private static Drift missing(final TopicSpec spec) {
        return new Drift(
                spec.name(),
                "topic",
                "missing",
                "there",
                "the application reads or writes it",
                Severity.BROKEN,
                Remedy.APPLY);
    }

    private Optional<Drift> partitionDrift(final TopicSpec spec, final TopicState state) {
        if (spec.partitioning() == Partitioning.LEADING && state.partitions() != settings.partitions()) {
            return Optional.of(partitions(
                    spec,
                    state,
                    settings.partitions(),
                    "the setting partitions says so; the topic's own number is used",
                    Severity.ADVISORY));
        }
        if (spec.partitioning() == Partitioning.SAME && state.partitions() != partitions()) {
            return Optional.of(partitions(
                    spec,
                    state,
                    partitions(),
                    "as many as " + settings.topics().usageEvents()
                            + " has: a customer's records would be in different partitions",
                    Severity.BROKEN));
        }
        return Optional.empty();
    }

    private static Drift partitions(
            final TopicSpec spec,
            final TopicState state,
            final int expected,
            final String why,
            final Severity severity) {
        return new Drift(
                spec.name(),
                "partitions",
                Integer.toString(state.partitions()),
                Integer.toString(expected),
                why,
                severity,
                Remedy.BY_HAND);
    }

    private Optional<Drift> replicationDrift(final TopicSpec spec, final TopicState state) {
        return state.replicationFactor() >= settings.replicationFactor()
                ? Optional.empty()
                : Optional.of(new Drift(
                        spec.name(),
                        "replication factor",
                        Integer.toString(state.replicationFactor()),
                        "at least " + settings.replicationFactor(),
                        "the setting replication-factor says so",
                        Severity.ADVISORY,
                        Remedy.BY_HAND));
    }

    private static List<Drift> settingDrifts(final TopicSpec spec, final TopicState state) {
        return broken(spec, state).stream()
                .map(requirement -> new Drift(
                        spec.name(),
                        requirement.setting(),
                        state.valueOf(requirement.setting()),
                        requirement.mustBe(),
                        requirement.why(),
                        requirement.severity(),
                        requirement.remedy()))
                .toList();
    }

    /** Of several broken requirements on one setting the first, and so the worst. */
    private static List<Requirement> broken(final TopicSpec spec, final TopicState state) {
        final List<Requirement> requirements = new ArrayList<>(spec.requirements());
        requirements.addAll(Durability.of(state.replicationFactor()));
        final Set<String> seen = new HashSet<>();
        return requirements.stream()
                .filter(requirement -> !requirement.holds().test(state.valueOf(requirement.setting())))
                .filter(requirement -> seen.add(requirement.setting()))
                .toList();
    }

    /** The changes of settings that would make right what can be made right. */
    List<SettingChange> changes() {
        return specs().stream()
                .filter(spec -> found.containsKey(spec.name()))
                .flatMap(spec -> changes(spec, found.get(spec.name())))
                .toList();
    }

    private static Stream<SettingChange> changes(final TopicSpec spec, final TopicState state) {
        return broken(spec, state).stream()
                .filter(requirement -> requirement.remedy() == Remedy.FIX)
                .map(requirement -> new SettingChange(
                        spec.name(), requirement.setting(), state.valueOf(requirement.setting()), requirement.value()));
    }
}
