package dev.driftless.bench.rival;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;

/** A program with Kafka Streams that is run in the application's place, with the application's flags. */
final class Program {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Map<String, String> flags = new HashMap<>();

    Program(final String... arguments) {
        for (final String argument : arguments) {
            final int equals = argument.indexOf('=');
            flags.put(argument.substring(2, equals), argument.substring(equals + 1));
        }
    }

    String flag(final String name) {
        return flags.get(name);
    }

    /** Runs until the process is asked to end. */
    void run(final Topology topology) throws InterruptedException {
        final KafkaStreams streams = new KafkaStreams(topology, properties());
        streams.setUncaughtExceptionHandler(failure -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(1);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
        Runtime.getRuntime().addShutdownHook(new Thread(() -> streams.close(PATIENCE)));
        streams.start();
        new CountDownLatch(1).await();
    }

    private Properties properties() {
        final Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, flag("application-id"));
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, flag("bootstrap-servers"));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, flag("state-dir"));
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Integer.parseInt(flag("commit-interval-ms")));
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, Integer.parseInt(flag("stream-threads")));
        properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        return properties;
    }
}
