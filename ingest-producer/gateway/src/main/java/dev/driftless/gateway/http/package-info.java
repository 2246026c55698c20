/** HTTP: addresses, bodies, and answers in the forms that clients expect. */
package dev.driftless.gateway.http;
