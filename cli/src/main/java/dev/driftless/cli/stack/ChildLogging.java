package dev.driftless.cli.stack;

/** How the broker logs: to standard output, which goes to its file. */
final class ChildLogging {
    /** JVM option that selects the configuration. */
    static final String OPTION = "-Dlog4j2.configurationFile=classpath:driftless-child-log4j2.xml";

    private ChildLogging() {}
}
