/** Reconciliation as a command: its options, and its result as text, JSON and a page. The work is done by the recount. */
package dev.driftless.cli.reconcile;
