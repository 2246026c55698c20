/** From what was read to what became of it. */
package dev.driftless.gateway.intake;
