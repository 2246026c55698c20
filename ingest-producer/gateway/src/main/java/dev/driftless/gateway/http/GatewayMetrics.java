package dev.driftless.gateway.http;

import dev.driftless.gateway.intake.Intake;
import dev.driftless.gateway.intake.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;

/** What the gateway measures of itself, in Prometheus' format. Safe for use by several threads. */
public final class GatewayMetrics {
    private static final String EVENTS = "driftless.gateway.events";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counter accepted = events("accepted");
    private final Counter refused = events("refused");
    private final Counter unconfirmed = events("unconfirmed");
    private final Counter turnedAway = events("turned_away");

    GatewayMetrics(final Intake intake, final MemoryBudget budget) {
        List.of(new JvmMemoryMetrics(), new JvmThreadMetrics(), new ProcessorMetrics(), new UptimeMetrics())
                .forEach(binder -> binder.bindTo(registry));
        Gauge.builder("driftless.gateway.events.in.flight", intake, Intake::inFlight)
                .description("Events on their way to the brokers.")
                .register(registry);
        Gauge.builder("driftless.gateway.bodies.bytes", budget, MemoryBudget::used)
                .description("Bytes of all bodies that are held.")
                .register(registry);
    }

    private Counter events(final String result) {
        return Counter.builder(EVENTS)
                .description("Events by what became of them; turned_away ones were not looked at for want of a place.")
                .tag("result", result)
                .register(registry);
    }

    void count(final List<Outcome> outcomes) {
        accepted.increment((double) Problems.count(outcomes, Outcome.Held.class));
        refused.increment((double) Problems.count(outcomes, Outcome.Refused.class));
        unconfirmed.increment((double) Problems.count(outcomes, Outcome.Unconfirmed.class));
    }

    void countTurnedAway(final int events) {
        turnedAway.increment(events);
    }

    void time(final String path, final int status, final long nanos) {
        Timer.builder("driftless.gateway.requests")
                .description("Time from the head of a request to the end of its answer.")
                .tag("path", path)
                .tag("status", Integer.toString(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    String scrape() {
        return registry.scrape();
    }
}
