package dev.driftless.streams.topology;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.domain.AdmissionRules;
import dev.driftless.streams.domain.Event;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.domain.Refusal;
import dev.driftless.streams.topology.flow.Admitted;
import dev.driftless.streams.topology.flow.Countable.First;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.flow.Unseen;
import dev.driftless.streams.topology.store.Catalog;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Third step: holds a new event against the catalog and the partition's time. */
final class ValidateProcessor implements Processor<Object, Unseen, Object, Object> {
    private final AdmissionRules admission;
    private final SchemaRegistryClient registry;

    private ProcessorContext<Object, Object> context;
    private Catalog catalog;

    ValidateProcessor(final TopologySettings settings, final SchemaRegistryClient registry) {
        this.admission = new AdmissionRules(settings.window());
        this.registry = registry;
    }

    @Override
    public void init(final ProcessorContext<Object, Object> context) {
        this.context = context;
        this.catalog = StateStores.catalog(context, registry);
    }

    @Override
    public void process(final Record<Object, Unseen> record) {
        final Admitted admitted = record.value().admitted();
        final Event event = admitted.event();
        final Optional<Feature> feature = catalog.find(event.feature());
        final Optional<Refusal> refusal = feature.isEmpty()
                ? Optional.of(unknown(event))
                : judge(event, feature.get(), admitted.input().now());
        if (refusal.isPresent()) {
            context.forward(
                    record.withValue(new Rejected(admitted.input(), Optional.of(event), refusal.get())), Names.SETTLE);
        } else {
            context.forward(
                    record.withValue(
                            new First(admitted, feature.get(), record.value().isVoidAhead())),
                    Names.AGGREGATE);
        }
    }

    private Optional<Refusal> judge(final Event event, final Feature feature, final Instant now) {
        if (event.kind() == UsageKind.VOID) {
            // What a void takes back was judged when it was counted; here its own age matters, for its own retries.
            return admission.judge(event, now).or(() -> judgeVoidedKey(event));
        }
        return feature.judgeTime(event).or(() -> admission.judge(event, now)).or(() -> feature.judgeValue(event));
    }

    private static Optional<Refusal> judgeVoidedKey(final Event event) {
        return event.voidsItself()
                ? Optional.of(new Refusal(
                        RejectionReason.INVALID,
                        "voidedKey '" + event.idempotencyKey() + "' must not be the void's own idempotencyKey"))
                : Optional.empty();
    }

    private static Refusal unknown(final Event event) {
        return new Refusal(RejectionReason.UNKNOWN_FEATURE, "feature '" + event.feature() + "' is not in the catalog");
    }
}
