package dev.driftless.streams.app.config;

/**
 * Where operations endpoints are served.
 *
 * @param host address to listen on
 * @param port 0 for a free one
 */
public record OpsConfig(String host, int port) {}
