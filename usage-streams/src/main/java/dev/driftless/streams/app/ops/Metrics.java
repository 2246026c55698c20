package dev.driftless.streams.app.ops;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KafkaStreams;

/** The metrics of the process, in Prometheus' format. */
public final class Metrics implements AutoCloseable {
    private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry;
    private final JvmGcMetrics garbageCollection;

    private Metrics(final PrometheusMeterRegistry registry, final JvmGcMetrics garbageCollection) {
        this.registry = registry;
        this.garbageCollection = garbageCollection;
    }

    /** Metrics of the virtual machine and of the application. */
    public static Metrics create(final InstanceState instance) {
        final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(new StateTags());
        final JvmGcMetrics garbageCollection = new JvmGcMetrics();
        List.<MeterBinder>of(
                        garbageCollection,
                        new ClassLoaderMetrics(),
                        new JvmMemoryMetrics(),
                        new JvmThreadMetrics(),
                        new ProcessorMetrics(),
                        new FileDescriptorMetrics(),
                        new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        registry.getPrometheusRegistry().register(new AccountMetrics(instance::accounts));
        registry.getPrometheusRegistry().register(new ProgressMetrics(instance, Clock.systemUTC()));
        registry.getPrometheusRegistry().register(new StoreMetrics(instance));
        return new Metrics(registry, garbageCollection);
    }

    /** Adds what Kafka Streams and its clients measure, until the result is closed. */
    public AutoCloseable bind(final KafkaStreams streams) {
        final KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        return metrics;
    }

    /** All metrics, as of now. */
    public Response scrape() {
        return new Response(200, PROMETHEUS, Map.of(), registry.scrape());
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
