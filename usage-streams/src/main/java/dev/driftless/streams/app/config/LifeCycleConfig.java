package dev.driftless.streams.app.config;

import java.time.Duration;

/**
 * How the application starts, ends, and recovers.
 *
 * @param provision what is done about topics and schemas at the start
 * @param startupTimeout how long brokers and registry are waited for
 * @param shutdownTimeout how long the last commit may take
 * @param restartLimit most restarts of one thread within the window
 * @param restartWindow the time within which restarts are counted
 */
public record LifeCycleConfig(
        Provision provision,
        Duration startupTimeout,
        Duration shutdownTimeout,
        int restartLimit,
        Duration restartWindow) {}
