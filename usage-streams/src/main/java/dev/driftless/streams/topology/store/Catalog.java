package dev.driftless.streams.topology.store;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.FeatureDefinition;
import dev.driftless.streams.domain.Feature;
import dev.driftless.streams.topology.decode.UndecodableException;
import dev.driftless.streams.topology.decode.WireDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The catalog as an event sees it. The store holds the bytes of the topic, which is read fully before the first event is
 * processed; a definition is decoded when it is first asked for and again when its bytes are others. Not safe for use by
 * several threads.
 */
public final class Catalog {
    private static final Logger LOG = LoggerFactory.getLogger(Catalog.class);

    private final KeyValueStore<Bytes, byte[]> store;
    private final WireDecoder<FeatureDefinition> decoder;
    private final Map<String, Decoded> decoded = new HashMap<>();

    public Catalog(final KeyValueStore<Bytes, byte[]> store, final WireDecoder<FeatureDefinition> decoder) {
        this.store = store;
        this.decoder = decoder;
    }

    /**
     * The definition of a feature code; nothing if the catalog has none that this build can read.
     *
     * @throws dev.driftless.streams.topology.decode.SchemaRegistryUnavailableException if it can't be told which
     */
    public Optional<Feature> find(final String code) {
        final byte[] bytes = store.get(Bytes.wrap(code.getBytes(UTF_8)));
        if (bytes == null) {
            decoded.remove(code);
            return Optional.empty();
        }
        final Decoded known = decoded.get(code);
        // The store keeps arrays, so that the same array is the same definition.
        if (known != null && known.isFrom(bytes)) {
            return known.feature;
        }
        final Decoded now = new Decoded(bytes, decode(code, bytes));
        decoded.put(code, now);
        return now.feature;
    }

    private Optional<Feature> decode(final String code, final byte[] bytes) {
        try {
            return Optional.of(Features.of(code, decoder.decode(bytes)));
        } catch (final UndecodableException e) {
            LOG.error("The catalog's definition of feature '{}' can't be read; its events are rejected", code, e);
            return Optional.empty();
        }
    }

    private static final class Decoded {
        private final byte[] bytes;
        private final Optional<Feature> feature;

        Decoded(final byte[] bytes, final Optional<Feature> feature) {
            this.bytes = bytes;
            this.feature = feature;
        }

        @SuppressWarnings("ArrayEquals")
        boolean isFrom(final byte[] others) {
            return bytes == others;
        }
    }
}
