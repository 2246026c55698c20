package dev.driftless.cli.reconcile;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.cli.recount.AggregateName;
import dev.driftless.cli.recount.Finding;
import dev.driftless.cli.recount.JudgedEvent;
import dev.driftless.cli.recount.Reconciliation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** A reconciliation's result for programs. Quantities are text, so that no reader rounds them; instants are ISO 8601. */
final class ReconcileJson {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private final Reconciliation result;

    ReconcileJson(final Reconciliation result) {
        this.result = result;
    }

    String text() {
        final ObjectNode root = JSON.createObjectNode();
        root.put("agrees", result.agrees());
        root.put("comparedAggregates", result.compared());
        root.put("unprovenAggregates", result.unproven());
        root.put("movingAggregates", result.moving());
        root.put("believedEvents", result.believed());
        root.put("seconds", result.seconds());
        final ArrayNode notes = root.putArray("notes");
        result.notes().forEach(notes::add);
        final ArrayNode partitions = root.putArray("partitions");
        result.accounts().forEach((partition, account) -> {
            final ObjectNode node = partitions.addObject();
            node.put("partition", partition);
            node.put("read", account.read());
            node.put("counted", account.counted());
            node.put("duplicates", account.duplicates());
            node.put("rerouted", account.rerouted());
            final ObjectNode rejected = node.putObject("rejected");
            account.rejected().forEach(rejected::put);
        });
        root.put("findingsNotListed", result.left());
        final ArrayNode findings = root.putArray("findings");
        result.findings().forEach(finding -> write(findings.addObject(), finding));
        return string(root);
    }

    private static void write(final ObjectNode node, final Finding finding) {
        node.put("kind", finding.kind().name());
        finding.aggregate().ifPresent(name -> write(node.putObject("aggregate"), name));
        node.put("text", finding.text());
        finding.should().ifPresent(amount -> write(node.putObject("recounted"), amount));
        finding.billed().ifPresent(amount -> write(node.putObject("billed"), amount));
        final ArrayNode events = node.putArray("events");
        finding.events().forEach(event -> write(events.addObject(), event));
    }

    private static void write(final ObjectNode node, final Finding.Amount amount) {
        node.put("quantity", ReconcileText.plain(amount.quantity()));
        node.put("events", amount.events());
    }

    private static void write(final ObjectNode node, final AggregateName name) {
        node.put("customer", name.customer());
        node.put("feature", name.feature());
        node.put("periodStart", Instant.ofEpochMilli(name.periodStart()).toString());
        final ObjectNode groups = node.putObject("groups");
        name.groups().forEach(groups::put);
    }

    /** An event, as all commands write it. */
    static void write(final ObjectNode node, final JudgedEvent event) {
        node.put("customer", event.customer());
        node.put("feature", event.feature());
        node.put("idempotencyKey", event.key());
        node.put("value", ReconcileText.plain(event.value()));
        node.put("kind", event.kind());
        node.put("occurredAt", Instant.ofEpochMilli(event.occurredAt()).toString());
        node.put("arrivedAt", Instant.ofEpochMilli(event.arrivedAt()).toString());
        node.put("partition", event.position().partition());
        node.put("offset", event.position().offset());
        node.put("outcome", event.outcome());
        event.into()
                .ifPresent(into -> node.put(
                        "periodStart", Instant.ofEpochMilli(into.periodStart()).toString()));
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    static String string(final ObjectNode node) {
        try {
            return JSON.writeValueAsString(node);
        } catch (final IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
