package dev.driftless.cli.ingest;

import dev.driftless.gateway.config.DurationConverter;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What the streams application was told of topics and times, under the same names; a file is published and judged by it. */
final class PipelineOptions {
    @Option(
            names = "--topics.usage-events",
            paramLabel = "NAME",
            defaultValue = "${env:DRIFTLESS_TOPICS_USAGE_EVENTS:-usage-events}",
            description = "Topic to write to. Also from DRIFTLESS_TOPICS_USAGE_EVENTS.")
    private String usageEvents;

    @Option(
            names = "--topics.feature-catalog",
            paramLabel = "NAME",
            defaultValue = "${env:DRIFTLESS_TOPICS_FEATURE_CATALOG:-feature-catalog}",
            description = "Topic of the features. Also from DRIFTLESS_TOPICS_FEATURE_CATALOG.")
    private String featureCatalog;

    @Option(
            names = "--admissible-age",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "${env:DRIFTLESS_ADMISSIBLE_AGE:-34d23h55m}",
            description =
                    "How far back an event's time may lie; not more than the application's setting of this name. Also"
                            + " from DRIFTLESS_ADMISSIBLE_AGE.")
    private Duration admissibleAge;

    @Option(
            names = "--clock-skew",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            defaultValue = "${env:DRIFTLESS_CLOCK_SKEW:-5m}",
            description =
                    "How far ahead an event's time may lie, as in the application. Also from DRIFTLESS_CLOCK_SKEW.")
    private Duration clockSkew;

    String usageEvents() {
        return usageEvents;
    }

    String featureCatalog() {
        return featureCatalog;
    }

    Duration admissibleAge() {
        return admissibleAge;
    }

    Duration clockSkew() {
        return clockSkew;
    }
}
