package dev.driftless.streams.app.config;

/**
 * A setting's text before it is understood.
 *
 * @param text as it was given
 * @param source where it was given, for people
 */
record RawValue(String text, String source) {}
