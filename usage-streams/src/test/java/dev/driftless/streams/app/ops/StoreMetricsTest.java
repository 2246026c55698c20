package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.topology.store.PeriodCounts;
import dev.driftless.streams.topology.store.StoreReads;
import dev.driftless.streams.topology.store.StoreReads.Cached;
import java.util.List;
import org.junit.jupiter.api.Test;

class StoreMetricsTest {
    @Test
    void shouldShowHowStoresAreReadAndWhatThePeriodsAreAt() {
        final KnownState state = new KnownState(
                List::of,
                List.of(),
                List.of(),
                true,
                0,
                List.of(new StoreReads("usage-dedup", 9, 2, 1, new Cached(3, 4), new Cached(5, 6), new Cached(7, 8))),
                List.of(new PeriodCounts(2, 30, 20, 10)));
        try (Metrics metrics = Metrics.create(state)) {
            assertThat(metrics.scrape().body())
                    .contains(
                            "driftless_store_filter_total{result=\"spared\",store=\"usage-dedup\"} 9.0",
                            "driftless_store_filter_total{result=\"found\",store=\"usage-dedup\"} 2.0",
                            "driftless_store_filter_total{result=\"missed\",store=\"usage-dedup\"} 1.0",
                            "driftless_store_cache_total{block=\"data\",result=\"hit\",store=\"usage-dedup\"} 3.0",
                            "driftless_store_cache_total{block=\"filter\",result=\"miss\",store=\"usage-dedup\"} 6.0",
                            "driftless_store_cache_total{block=\"index\",result=\"hit\",store=\"usage-dedup\"} 7.0",
                            "driftless_aggregates{partition=\"2\",period=\"open\"} 30.0",
                            "driftless_aggregates{partition=\"2\",period=\"closing\"} 20.0",
                            "driftless_aggregates{partition=\"2\",period=\"closed\"} 10.0");
        }
    }
}
