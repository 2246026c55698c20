package dev.driftless.streams.app.ops;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
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
                .contains("put_rate{state_id=\"dedup\"} 1.0")
                .contains("put_rate{state_id=\"account\"} 2.0")
                .contains("poll_rate{client_id=\"c\"} 3.0");
    }

    @Test
    void shouldKeepTheMetricsOfAllStoresThatKafkaStreamsTells() {
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new StateTags());
        final MockProducer<byte[], byte[]> kafka = new MockProducer<>();
        keys(kafka, "rocksdb-state-id", "usage-aggregates", "1_0", 5);
        keys(kafka, "rocksdb-state-id", "usage-aggregates", "1_1", 6);
        keys(kafka, "rocksdb-state-id", "usage-deadlines", "1_0", 7);
        keys(kafka, "rocksdb-window-state-id", "usage-dedup", "1_0", 8);

        try (KafkaClientMetrics metrics = new KafkaClientMetrics(kafka)) {
            metrics.bindTo(registry);
            assertThat(registry.scrape().lines().filter(line -> line.startsWith("kafka_stream_state_keys{")))
                    .hasSize(4)
                    .anyMatch(line -> line.contains("state_id=\"usage-dedup\"") && line.endsWith(" 8.0"))
                    .anyMatch(line -> line.contains("task_id=\"1_1\"") && line.endsWith(" 6.0"));
        }
    }

    private static void keys(
            final MockProducer<byte[], byte[]> kafka,
            final String kind,
            final String store,
            final String task,
            final double value) {
        final MetricName name =
                new MetricName("keys", "stream-state-metrics", "Keys.", Map.of(kind, store, "task-id", task));
        kafka.setMockMetrics(name, new Metric() {
            @Override
            public MetricName metricName() {
                return name;
            }

            @Override
            public Object metricValue() {
                return value;
            }
        });
    }
}
