package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.subscriptions.SubscriptionsFile;
import org.junit.jupiter.api.Test;

class DemoSubscriptionsTest {
    @Test
    void shouldShipASampleThatCanBeApplied() {
        final SubscriptionsFile sample = DemoSubscriptions.sample();

        assertThat(sample.problems()).isEmpty();
        assertThat(sample.customers()).hasSizeGreaterThan(5);
    }
}
