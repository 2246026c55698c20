package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.junit.jupiter.api.Test;

class StateTagsTest {
    @Test
    void shouldKeepTheMetricsOfStoresOfAllKinds() {
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new StateTags());

        Gauge.builder("put.rate", () -> 1)
                .tag("rocksdb.window.state.id", "dedup")
                .register(registry);
        Gauge.builder("put.rate", () -> 2).tag("in.memory.state.id", "account").register(registry);
        Gauge.builder("poll.rate", () -> 3).tag("client.id", "c").register(registry);

        assertThat(registry.scrape())
                .contains("put_rate{state_id=\"dedup\",state_kind=\"rocksdb.window\"} 1.0")
                .contains("put_rate{state_id=\"account\",state_kind=\"in.memory\"} 2.0")
                .contains("poll_rate{client_id=\"c\"} 3.0");
    }
}
