/** Usage events over HTTP: {@link dev.driftless.gateway.GatewayMain} runs it. */
package dev.driftless.gateway;
