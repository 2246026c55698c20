package dev.driftless.streams.app;

import dev.driftless.streams.topology.decode.AvroLimits;
import org.slf4j.LoggerFactory;

/** What must be set before anything else runs in the process; a system property that was given is kept. */
final class ProcessSetup {
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";
    /** Seconds until a request that is not sent, or a response that is not taken, is given up. */
    private static final String HTTP_PATIENCE = "10";

    private ProcessSetup() {}

    static void apply() {
        AvroLimits.apply();
        setUnlessGiven(LOG_CONFIGURATION, "usage-streams-log4j2.xml");
        setUnlessGiven("sun.net.httpserver.maxReqTime", HTTP_PATIENCE);
        setUnlessGiven("sun.net.httpserver.maxRspTime", HTTP_PATIENCE);
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) ->
                LoggerFactory.getLogger(ProcessSetup.class).error("thread {} failed", thread.getName(), failure));
    }

    private static void setUnlessGiven(final String property, final String value) {
        if (System.getProperty(property) == null) {
            System.setProperty(property, value);
        }
    }
}
