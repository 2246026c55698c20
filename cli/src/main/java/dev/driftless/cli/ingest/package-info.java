/** Files of usage events: each line is published once, however often and from wherever the command is run again. */
package dev.driftless.cli.ingest;
