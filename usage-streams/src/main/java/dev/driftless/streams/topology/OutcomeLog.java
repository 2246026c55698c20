package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.streams.topology.flow.Input;
import dev.driftless.streams.topology.flow.Outcome;
import dev.driftless.streams.topology.flow.Outcome.Rejected;
import dev.driftless.streams.topology.flow.Outcome.Rerouted;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Tells at DEBUG which records were not counted where they stood: customer, partition, offset, and the reason. Never what
 * was in them, which is in the topic of rejections.
 */
final class OutcomeLog {
    private static final Logger LOG = LoggerFactory.getLogger(OutcomeLog.class);

    private OutcomeLog() {}

    static void tell(final Outcome outcome) {
        if (!LOG.isDebugEnabled()) {
            return;
        }
        if (outcome instanceof Rejected rejected) {
            at(rejected.input(), RejectedRecords.customerOf(rejected))
                    .addKeyValue("reason", rejected.refusal().reason())
                    .log("rejected");
        } else if (outcome instanceof Rerouted rerouted) {
            // Only a record whose key is its customer's id is passed on.
            at(rerouted.input(), Optional.of(new String(rerouted.input().key(), UTF_8)))
                    .log("misplaced, passed on to its partition");
        }
    }

    private static LoggingEventBuilder at(final Input input, final Optional<String> customer) {
        final LoggingEventBuilder line = LOG.atDebug()
                .addKeyValue("partition", input.origin().partition())
                .addKeyValue("offset", input.origin().offset());
        return customer.map(id -> line.addKeyValue("customer", id)).orElse(line);
    }
}
