package dev.driftless.gateway.intake;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.client.Receipt;
import dev.driftless.client.Usage;
import dev.driftless.gateway.event.Refusal;

/** What became of one event of a request. */
public sealed interface Outcome {
    /** The brokers hold it. Whether it is the first copy or a retry is found out later; both are a success. */
    record Held(Usage usage, Receipt receipt) implements Outcome {
        public Held {
            requireNonNull(usage);
            requireNonNull(receipt);
        }
    }

    /** It was not sent and will be refused as often as it is sent like this. */
    record Refused(Refusal refusal, JsonNode original) implements Outcome {
        public Refused {
            requireNonNull(refusal);
            requireNonNull(original);
        }
    }

    /** It is not known to be held; to send it again with the same key is safe. */
    record Unconfirmed(Usage usage, String reason) implements Outcome {
        public Unconfirmed {
            requireNonNull(usage);
            requireNonNull(reason);
        }
    }
}
