/** What the gateway knows of the metered features, and what it refuses for it. */
package dev.driftless.gateway.catalog;
