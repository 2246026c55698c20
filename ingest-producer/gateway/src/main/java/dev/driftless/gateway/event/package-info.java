/** Usage events as they are written in JSON: three forms of a body, one set of rules. */
package dev.driftless.gateway.event;
