package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.Topics;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;

/**
 * The shape of the topology. Names of stores are names of changelog topics: with another one the application starts from
 * nothing. Another sub-topology or a repartition topic would break what is one transaction per partition now.
 */
class TopologyDescriptionTest {
    private static final Path ACTUAL = Path.of("target", "topology.txt");

    private final TopologyDescription description = new UsageTopology(
                    TopologySettings.DEFAULT, Topics.DEFAULT, 6, new MockSchemaRegistryClient())
            .toTopology()
            .describe();

    @Test
    void shouldBeTheOneThatIsKept() throws IOException {
        Files.writeString(ACTUAL, description.toString());

        assertThat(description.toString())
                .as(
                        "If the change is meant, and running installations can take it:"
                                + " cp usage-streams/%s usage-streams/src/test/resources/topology.txt",
                        ACTUAL)
                .isEqualTo(kept());
    }

    @Test
    void shouldBeOneSubTopologyBesideTheCatalog() {
        assertThat(description.subtopologies()).hasSize(1);
        assertThat(description.globalStores()).hasSize(1);
    }

    private static String kept() throws IOException {
        try (InputStream kept = TopologyDescriptionTest.class.getResourceAsStream("/topology.txt")) {
            return kept == null ? "" : new String(kept.readAllBytes(), UTF_8);
        }
    }
}
