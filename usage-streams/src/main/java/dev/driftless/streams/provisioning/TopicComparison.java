package dev.driftless.streams.provisioning;

import dev.driftless.streams.provisioning.Drift.Remedy;
import dev.driftless.streams.provisioning.TopicSpec.Origin;
import dev.driftless.streams.provisioning.TopicSpec.Partitioning;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds what topics are against what they must be. Asks nobody: a pure function. */
final class TopicComparison {
    private static final String UNSET = "unset";

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
        return Optional.ofNullable(found.get(settings.topics().usageEvents()))
                .map(TopicState::partitions)
                .orElseGet(settings::partitions);
    }

    List<Drift> drifts() {
        final List<Drift> drifts = new ArrayList<>();
        TopicSpecs.of(settings).forEach(spec -> drifts.addAll(driftsOf(spec)));
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

    /** Of several drifts of one setting the first, and so the worst. */
    private static List<Drift> settingDrifts(final TopicSpec spec, final TopicState state) {
        final List<Requirement> requirements = new ArrayList<>(spec.requirements());
        requirements.addAll(Durability.of(state.replicationFactor()));
        final Map<String, Drift> bySetting = new LinkedHashMap<>();
        requirements.stream()
                .filter(requirement -> !requirement.holds().test(valueOf(requirement, state)))
                .forEach(requirement ->
                        bySetting.putIfAbsent(requirement.setting(), settingDrift(spec, requirement, state)));
        return List.copyOf(bySetting.values());
    }

    private static Drift settingDrift(final TopicSpec spec, final Requirement requirement, final TopicState state) {
        return new Drift(
                spec.name(),
                requirement.setting(),
                valueOf(requirement, state),
                requirement.mustBe(),
                requirement.why(),
                requirement.severity(),
                Remedy.FIX);
    }

    private static String valueOf(final Requirement requirement, final TopicState state) {
        return state.settings().getOrDefault(requirement.setting(), UNSET);
    }

    /** The settings that would make a topic's drifts right; empty where there is nothing to change. */
    static Map<String, String> fixes(final TopicSpec spec, final TopicState state) {
        final Map<String, String> wanted = new LinkedHashMap<>(spec.settings());
        Durability.of(state.replicationFactor())
                .forEach(requirement -> wanted.put(requirement.setting(), requirement.value()));
        final List<String> drifted =
                settingDrifts(spec, state).stream().map(Drift::setting).toList();
        wanted.keySet().retainAll(drifted);
        return wanted;
    }
}
