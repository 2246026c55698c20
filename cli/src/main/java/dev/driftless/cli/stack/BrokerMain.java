package dev.driftless.cli.stack;

import kafka.Kafka;
import kafka.tools.StorageTool;

/**
 * A Kafka broker and controller in one process, as {@code kafka-storage format} and {@code kafka-server-start} run it.
 *
 * <p>Argument: path of a {@code server.properties}. Storage that is not formatted yet is formatted; what is there is
 * kept.
 */
public final class BrokerMain {
    /** The same for all, so that formatting can be repeated. */
    private static final String CLUSTER_ID = "driftlessEmbeddedStack";

    private BrokerMain() {}

    public static void main(final String[] arguments) {
        final String settings = arguments[0];
        final int formatted = StorageTool.execute(
                new String[] {"format", "--ignore-formatted", "--cluster-id", CLUSTER_ID, "--config", settings},
                System.out);
        if (formatted != 0) {
            System.exit(formatted);
        }
        Kafka.main(new String[] {settings});
    }
}
