package dev.driftless.cli.reconcile;

import dev.driftless.cli.recount.RecountSettings;
import dev.driftless.streams.app.config.AppConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/** What a recount takes from the application's configuration: names and times, no code. */
public final class Recounting {
    private static final String PATIENCE_MILLIS = "20000";
    private static final Duration READING_AND_WRITING = Duration.ofSeconds(2);

    private Recounting() {}

    /** Settings of a recount. */
    public static RecountSettings settings(final AppConfig config) {
        final Map<String, Object> client = new HashMap<>(config.connection().kafka());
        client.put(
                CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG,
                config.connection().bootstrapServers());
        client.put(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        client.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MILLIS);
        final var window = config.topology().window();
        final var closing = config.topology().closing();
        return new RecountSettings(
                client,
                config.connection().schemaRegistryUrls().get(0),
                config.topics().usageEvents(),
                config.topics().featureCatalog(),
                config.topics().subscriptions(),
                config.topics().billingUsage(),
                config.topics().usageRejected(),
                new RecountSettings.Window(window.dedupWindow(), window.admissibleAge(), window.clockSkew()),
                new RecountSettings.Closing(
                        closing.grace(), closing.latePolicy().name(), closing.groupLimit()));
    }

    /** How long after an event was counted its aggregate is published, on a silent partition too. */
    static Duration emissionDelay(final AppConfig config) {
        return config.topology()
                .emissionInterval()
                .plus(config.topology().idleDelay())
                .plus(config.instance().commitInterval().multipliedBy(2))
                .plus(READING_AND_WRITING);
    }
}
