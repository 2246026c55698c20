package dev.driftless.gateway;

import java.util.Map;
import picocli.CommandLine;

/**
 * Runs the gateway in the foreground until SIGTERM or SIGINT. Exit codes: 0 stopped in order, 1 failed, 2 the settings
 * cannot be used, 3 brokers, registry, topics or port not available.
 */
public final class GatewayMain {
    private static final String LOG_CONFIGURATION = "log4j2.configurationFile";

    private GatewayMain() {}

    public static void main(final String[] arguments) {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(LOG_CONFIGURATION, "gateway-log4j2.xml");
        }
        System.setProperty("vertx.logger-delegate-factory-class-name", "io.vertx.core.logging.SLF4JLogDelegateFactory");
        // The gateway serves no files.
        System.setProperty("vertx.disableFileCaching", "true");
        System.setProperty("vertx.disableFileCPResolving", "true");
        System.exit(commandLine(System.getenv(), arguments).execute(arguments));
    }

    static CommandLine commandLine(final Map<String, String> environment, final String... arguments) {
        return GatewayCommand.commandLine(environment, arguments);
    }
}
