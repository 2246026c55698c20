/**
 * How a Java service publishes usage: build a {@link dev.driftless.client.Usage}, hand it to a
 * {@link dev.driftless.client.UsageClient}, and take the {@link dev.driftless.client.Receipt} once the brokers hold it.
 *
 * <pre>{@code
 * try (UsageClient client = UsageClient.create(UsageClientConfig.builder()
 *         .bootstrapServers("localhost:9092")
 *         .schemaRegistryUrl("http://localhost:8081")
 *         .build())) {
 *     client.track(Usage.builder()
 *                     .customer("acme")
 *                     .feature("api_calls")
 *                     .idempotencyKey(request.id())
 *                     .build())
 *             .whenComplete((receipt, failure) -> { ... });
 * }
 * }</pre>
 */
package dev.driftless.client;
