package dev.driftless.schemas.evolution;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

/** The check of {@link SchemaCompatibilityTest} is only worth what it finds. */
class SchemaEvolutionTest {
    private static final String DECIMAL = "{'type':'bytes','logicalType':'decimal','precision':38,'scale':9}";
    private static final String MILLIS = "{'type':'long','logicalType':'timestamp-millis'}";
    private static final String STATUS =
            "{'type':'enum','name':'Status','symbols':['A','B','OTHER'],'default':'OTHER'}";

    private static final Schema BEFORE = record(
            "{'name':'id','type':'string'}",
            "{'name':'value','type':" + DECIMAL + "}",
            "{'name':'limit','type':['null'," + DECIMAL + "],'default':null}",
            "{'name':'at','type':" + MILLIS + "}",
            "{'name':'times','type':{'type':'array','items':" + MILLIS + "},'default':[]}",
            "{'name':'byName','type':{'type':'map','values':" + DECIMAL + "},'default':{}}",
            "{'name':'status','type':" + STATUS + "}",
            "{'name':'count','type':'long','default':0}");

    @Test
    void shouldAdmitTheSameSchemaAndAnotherDocumentation() {
        assertThat(SchemaEvolution.breaks(BEFORE, BEFORE)).isEmpty();
        assertThat(SchemaEvolution.breaks(BEFORE, changed("'type':'string'", "'type':'string','doc':'Its name.'")))
                .isEmpty();
    }

    @Test
    void shouldAdmitAFieldAddedOrRemovedThatHasADefault() {
        final Schema without = changed(",{'name':'count','type':'long','default':0}", "");

        assertThat(SchemaEvolution.breaks(BEFORE, without)).isEmpty();
        assertThat(SchemaEvolution.breaks(without, BEFORE)).isEmpty();
    }

    @Test
    void shouldRefuseAFieldAddedOrRemovedThatHasNoDefault() {
        final Schema without = changed("{'name':'id','type':'string'},", "");

        assertThat(SchemaEvolution.breaks(BEFORE, without))
                .anyMatch(found -> found.startsWith("forward: READER_FIELD"));
        assertThat(SchemaEvolution.breaks(without, BEFORE))
                .anyMatch(found -> found.startsWith("backward: READER_FIELD"));
    }

    @Test
    void shouldRefuseAFieldRenamedThoughAnAliasTellsAvro() {
        final Schema renamed = changed("{'name':'id',", "{'name':'name','aliases':['id'],");

        assertThat(SchemaEvolution.breaks(BEFORE, renamed)).isNotEmpty();
    }

    @Test
    void shouldRefuseATypeThatOnlyOneSideCanRead() {
        final Schema narrower = changed("'type':'long','default':0", "'type':'int','default':0");

        assertThat(SchemaEvolution.breaks(BEFORE, narrower)).anyMatch(found -> found.contains("TYPE_MISMATCH"));
        assertThat(SchemaEvolution.breaks(narrower, BEFORE)).anyMatch(found -> found.contains("TYPE_MISMATCH"));
    }

    @Test
    void shouldRefuseAnotherScaleOrPrecisionWhichAvroDoesNotSee() {
        final Schema scaled = changed("'scale':9", "'scale':2");
        final Schema narrower = changed("'precision':38", "'precision':20");

        assertThat(avroAdmits(BEFORE, scaled)).isTrue();
        assertThat(SchemaEvolution.breaks(BEFORE, scaled))
                .containsExactly(
                        "Thing.value: logical type decimal(38,9) became decimal(38,2)",
                        "Thing.limit|bytes: logical type decimal(38,9) became decimal(38,2)",
                        "Thing.byName{}: logical type decimal(38,9) became decimal(38,2)");
        assertThat(SchemaEvolution.breaks(BEFORE, narrower))
                .contains("Thing.value: logical type decimal(38,9) became decimal(20,9)");
    }

    @Test
    void shouldRefuseAnotherLogicalTypeWhichAvroDoesNotSee() {
        final Schema micros = changed("timestamp-millis", "timestamp-micros");
        final Schema plain = changed(MILLIS.replace('\'', '"'), "'long'");

        assertThat(avroAdmits(BEFORE, micros)).isTrue();
        assertThat(SchemaEvolution.breaks(BEFORE, micros))
                .containsExactly(
                        "Thing.at: logical type timestamp-millis became timestamp-micros",
                        "Thing.times[]: logical type timestamp-millis became timestamp-micros");
        assertThat(avroAdmits(BEFORE, plain)).isTrue();
        assertThat(SchemaEvolution.breaks(BEFORE, plain))
                .contains("Thing.at: logical type timestamp-millis became null");
    }

    @Test
    void shouldRefuseASymbolRemovedWhichAvroDoesNotMindWhereThereIsADefault() {
        final Schema without = changed("['A','B','OTHER']", "['A','OTHER']");

        assertThat(avroAdmits(BEFORE, without)).isTrue();
        assertThat(SchemaEvolution.breaks(BEFORE, without)).containsExactly("Thing.status: symbols [B] were removed");
    }

    @Test
    void shouldAdmitASymbolAddedWhereOlderReadersHaveADefault() {
        assertThat(SchemaEvolution.breaks(BEFORE, changed("['A','B','OTHER']", "['A','B','OTHER','C']")))
                .isEmpty();
    }

    @Test
    void shouldRefuseASymbolAddedWhereOlderReadersHaveNoDefault() {
        final Schema before = changed(",'default':'OTHER'", "");
        final Schema added = new Schema.Parser().parse(before.toString().replace("\"OTHER\"", "\"OTHER\",\"C\""));

        assertThat(SchemaEvolution.breaks(before, added))
                .anyMatch(found -> found.startsWith("forward: MISSING_ENUM_SYMBOLS"));
    }

    @Test
    void shouldRefuseAnotherDefault() {
        assertThat(SchemaEvolution.breaks(BEFORE, changed("'type':'long','default':0", "'type':'long','default':1")))
                .containsExactly("Thing.count: default 0 became 1");
        assertThat(SchemaEvolution.breaks(BEFORE, changed("'default':'OTHER'", "'default':'A'")))
                .containsExactly("Thing.status: default symbol OTHER became A");
    }

    @Test
    void shouldRefuseAnotherName() {
        assertThat(SchemaEvolution.breaks(BEFORE, changed("'name':'Thing'", "'name':'Item'")))
                .anyMatch(found -> found.contains("NAME_MISMATCH"));
    }

    private static boolean avroAdmits(final Schema one, final Schema other) {
        return isReadable(one, other) && isReadable(other, one);
    }

    private static boolean isReadable(final Schema reader, final Schema writer) {
        return SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                        .getType()
                == SchemaCompatibilityType.COMPATIBLE;
    }

    private static Schema record(final String... fields) {
        return parse("{'type':'record','name':'Thing','namespace':'test','fields':[" + String.join(",", fields) + "]}");
    }

    /** The schema with a piece of its text replaced, wherever it stands. */
    private static Schema changed(final String piece, final String replacement) {
        final String before = BEFORE.toString();
        final String after = before.replace(quoted(piece), quoted(replacement));
        assertThat(after).as("the schema must contain %s", piece).isNotEqualTo(before);
        return new Schema.Parser().parse(after);
    }

    private static Schema parse(final String text) {
        return new Schema.Parser().parse(quoted(text));
    }

    private static String quoted(final String text) {
        return text.replace('\'', '"');
    }
}
