package dev.driftless.streams.topology.decode;

import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Sets Avro's limits before any test reads Avro, as the application does when it starts. */
public final class AvroLimitsInTests implements BeforeAllCallback {
    @Override
    public void beforeAll(final ExtensionContext context) {
        AvroLimits.apply();
    }
}
