package dev.driftless.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.cli.catalog.CatalogFile;
import dev.driftless.cli.catalog.CatalogPlan;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DemoCatalogTest {
    @Test
    void shouldShipASampleThatCanBeAppliedWithoutAWarning() {
        final CatalogFile sample = DemoCatalog.sample();

        assertThat(sample.problems()).isEmpty();
        final CatalogPlan plan = CatalogPlan.of(sample.features(), Map.of(), false);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.warnings()).isEmpty();
    }
}
