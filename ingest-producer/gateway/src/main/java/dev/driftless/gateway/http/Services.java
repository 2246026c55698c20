package dev.driftless.gateway.http;

import dev.driftless.gateway.config.GatewayConfig;
import dev.driftless.gateway.intake.Intake;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What endpoints work with.
 *
 * @param stopping whether no more requests are taken
 */
record Services(
        Vertx vertx,
        GatewayConfig config,
        Intake intake,
        Callers callers,
        MemoryBudget budget,
        GatewayMetrics metrics,
        Clock clock,
        AtomicBoolean stopping) {}
