/** What the gateway can be told, and who may use it. */
package dev.driftless.gateway.config;
