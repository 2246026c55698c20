package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.driftless.cli.CliException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EventLinesTest {
    @Test
    void shouldNumberLinesOfJsonWithTheBlankOnes() throws IOException {
        final List<EventLine> lines =
                all(new NdjsonLines(content("\uFEFF{\"a\": 1}\r\n\n  \n{\"a\": 2}\nx\n{\"a\": 3}")));

        assertThat(lines).extracting(EventLine::number).containsExactly(1L, 4L, 5L, 6L);
        assertThat(lines).extracting(line -> line.event().isPresent()).containsExactly(true, true, false, true);
        assertThat(lines.get(2).problem()).contains("not JSON");
    }

    @Test
    void shouldPassOverALineThatIsTooLong() throws IOException {
        final List<EventLine> lines = all(new NdjsonLines(content("{\"a\": \"" + "x".repeat(300_000) + "\"}\n{}")));

        assertThat(lines.get(0).problem()).contains("at most");
        assertThat(lines.get(0).text()).hasSize(100);
        assertThat(lines.get(1).event()).isPresent();
    }

    @Test
    void shouldReadColumnsByTheirNames() throws IOException {
        final List<EventLine> lines = all(csv(
                "customerId,feature,value,properties.region\nacme,api_calls,2.50,eu\n\"a,\n\"\"b\",api_calls,1,\n"));

        assertThat(lines).extracting(EventLine::number).containsExactly(2L, 3L);
        assertThat(lines.get(0).event().orElseThrow())
                .hasToString("{\"customerId\":\"acme\",\"feature\":\"api_calls\",\"value\":\"2.50\","
                        + "\"properties\":{\"region\":\"eu\"}}");
        assertThat(lines.get(1).event().orElseThrow().path("customerId").textValue())
                .isEqualTo("a,\n\"b");
        assertThat(lines.get(1).event().orElseThrow().has("properties")).isFalse();
    }

    @Test
    void shouldMapColumnsAndLeaveSomeOut() throws IOException {
        final EventLines lines = new CsvLines(
                content("account;code;zone;note\nacme;api_calls;eu;x\n"),
                ';',
                Map.of("customerId", "account", "feature", "code", "properties.region", "zone"),
                Set.of("note"));

        final JsonNode event = lines.next().orElseThrow().event().orElseThrow();
        assertThat(event.path("customerId").textValue()).isEqualTo("acme");
        assertThat(event.path("feature").textValue()).isEqualTo("api_calls");
        assertThat(event.at("/properties/region").textValue()).isEqualTo("eu");
        assertThat(event.size()).isEqualTo(3);
    }

    @Test
    void shouldKeepAnEmptyQuantityEmptySoThatItIsRefusedAndNotCountedAsOne() throws IOException {
        final EventLine line =
                csv("customerId,feature,value\nacme,api_calls,\n").next().orElseThrow();

        assertThat(line.event().orElseThrow().path("value").textValue()).isEmpty();
    }

    @Test
    void shouldTellOfALineWithAnotherNumberOfCells() throws IOException {
        final List<EventLine> lines = all(csv("customerId,feature\nacme\nacme,api_calls\na,b,c\n"));

        assertThat(lines).extracting(line -> line.event().isPresent()).containsExactly(false, true, false);
        assertThat(lines.get(0).problem()).contains("1 cells").contains("2");
    }

    @Test
    void shouldRefuseAColumnThatIsNoField() {
        assertThatThrownBy(() -> csv("customerId,quantity\n"))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("'quantity'")
                .hasMessageContaining("--ignore quantity");
        assertThatThrownBy(() -> new CsvLines(content("a,b\n"), ',', Map.of("customerId", "c"), Set.of()))
                .isInstanceOf(CliException.class)
                .hasMessageContaining("'c' must be in the header");
    }

    @Test
    void shouldSayUpToWhereEverythingIsSettled() {
        final Settled settled = new Settled(10);
        settled.begin(11);
        settled.begin(12);
        settled.begin(15);
        settled.settle(12);
        assertThat(settled.upTo()).isEqualTo(10);

        settled.settle(11);
        assertThat(settled.upTo()).isEqualTo(14);
        settled.settle(15);
        assertThat(settled.upTo()).isEqualTo(15);
    }

    private static EventLines csv(final String text) throws IOException {
        return new CsvLines(content(text), ',', Map.of(), Set.of());
    }

    private static InputStream content(final String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static List<EventLine> all(final EventLines lines) throws IOException {
        final List<EventLine> all = new ArrayList<>();
        for (Optional<EventLine> line = lines.next(); line.isPresent(); line = lines.next()) {
            all.add(line.orElseThrow());
        }
        return all;
    }
}
