package dev.driftless.streams.topology.decode;

import static dev.driftless.streams.topology.decode.WireBytes.writeText;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.schemas.UsageAggregate;
import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import dev.driftless.streams.topology.TopologySettings;
import dev.driftless.streams.topology.decode.Reading.Malformed;
import dev.driftless.streams.topology.decode.Reading.WellFormed;
import dev.driftless.streams.topology.decode.WireBytes.Body;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.ConnectException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UsageEventDecoderTest {
    private static final Schema OURS = UsageEvent.getClassSchema();
    private static final long MOST_ALLOCATED = 16 << 20;

    private final CountingRegistry registry = new CountingRegistry();
    private final int id = registry.add(OURS);
    private final UsageEventDecoder decoder = new UsageEventDecoder(registry, Clock.systemUTC());

    @Test
    void shouldReadAnEvent() throws Exception {
        assertThat(decoder.decode(WireBytes.of(id, WireBytes.event()))).isEqualTo(WireBytes.event());
    }

    @Test
    void shouldAskForASchemaOnce() throws Exception {
        for (int i = 0; i < 100; i++) {
            decoder.decode(WireBytes.of(id, WireBytes.event()));
        }
        assertThat(registry.requests()).isEqualTo(1);
    }

    @Nested
    class NotInWireFormat {
        @Test
        void shouldBeRefusedWithoutARequest() {
            assertRefused(null, "the record has no value");
            assertRefused(new byte[0], "0 bytes are too few: a magic byte and a schema id take 5");
            assertRefused(new byte[4], "4 bytes are too few: a magic byte and a schema id take 5");
            assertRefused(
                    "{\"customerId\":\"acme\"}".getBytes(UTF_8),
                    "the first byte is 0x7b, not 0x00: not in Confluent wire format");
            assertRefused(
                    new byte[] {(byte) 0xff, 0, 0, 0, 1, 0},
                    "the first byte is 0xff, not 0x00: not in Confluent wire format");
            assertThat(registry.requests()).isZero();
        }

        @Test
        void shouldBeRefusedWhereTheHeaderIsAll() {
            assertRefused(WireBytes.of(id, encoder -> {}));
        }
    }

    @Nested
    class UnknownSchema {
        private Instant now = WireBytes.NOON;
        private final UsageEventDecoder patient = new UsageEventDecoder(registry, new Clock() {
            @Override
            public Instant instant() {
                return now;
            }

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(final ZoneId zone) {
                return this;
            }
        });

        @ParameterizedTest
        @CsvSource({"99, 99", "2147483647, 2147483647", "-1, 4294967295", "0, 0"})
        void shouldBeRefused(final int unknown, final String shown) {
            assertThatThrownBy(() -> patient.decode(WireBytes.of(unknown, WireBytes.event())))
                    .isInstanceOf(UndecodableException.class)
                    .hasMessage("schema id " + shown + " is not an Avro schema in the registry");
        }

        @Test
        void shouldNotBeAskedForAgainAtOnce() {
            for (int i = 0; i < 100; i++) {
                assertUnknown();
                now = now.plus(WriterSchemas.UNKNOWN_FOR.dividedBy(101));
            }
            assertThat(registry.requests()).isEqualTo(1);
        }

        @Test
        void shouldBeAskedForAgainAfterAWhileAndThenBeKnown() throws Exception {
            assertUnknown();
            final int registeredLater = registry.add(withField("{\"name\":\"x\",\"type\":\"int\",\"default\":0}"));
            assertThat(registeredLater).isEqualTo(id + 1);
            assertUnknown();
            now = now.plus(WriterSchemas.UNKNOWN_FOR);

            assertThat(patient.decode(WireBytes.of(
                            registeredLater,
                            WireBytes.in(withField("{\"name\":\"x\",\"type\":\"int\",\"default\":0}")))))
                    .isEqualTo(WireBytes.event());
        }

        private void assertUnknown() {
            assertThatThrownBy(() -> patient.decode(WireBytes.of(id + 1, WireBytes.event())))
                    .isInstanceOf(UndecodableException.class);
        }
    }

    @Nested
    class BrokenBytes {
        @Test
        void shouldBeRefusedWhereverTheyEndTooSoon() {
            final byte[] whole = WireBytes.of(id, WireBytes.event());
            for (int length = 0; length < whole.length; length++) {
                assertRefused(Arrays.copyOf(whole, length));
            }
        }

        @Test
        void shouldBeRefusedWhereSomethingIsLeftOver() {
            final byte[] whole = WireBytes.of(id, WireBytes.event());

            assertRefused(Arrays.copyOf(whole, whole.length + 1), "bytes are left over after the record");
        }

        @ParameterizedTest
        @ValueSource(longs = {Integer.MAX_VALUE, Integer.MAX_VALUE - 8, Long.MAX_VALUE, 1L << 32, -1, Long.MIN_VALUE})
        void shouldBeRefusedForALengthThatTheyClaimWithoutRoomForIt(final long length) {
            assertRefusedWithoutRoom(encoder -> encoder.writeLong(length));
            assertRefusedWithoutRoom(encoder -> {
                writeText(encoder, "acme");
                writeText(encoder, "api_calls");
                encoder.writeLong(length);
            });
            assertRefusedWithoutRoom(encoder -> {
                writeHead(encoder);
                encoder.writeLong(1);
                encoder.writeLong(length);
            });
        }

        @ParameterizedTest
        @ValueSource(longs = {1 << 17, Integer.MAX_VALUE, Long.MAX_VALUE, -1, -5_000_000_000L, Long.MIN_VALUE})
        void shouldBeRefusedForACountOfPropertiesThatTheyClaimWithoutRoomForIt(final long count) {
            assertRefusedWithoutRoom(encoder -> {
                writeHead(encoder);
                encoder.writeLong(count);
                writeText(encoder, "region");
                writeText(encoder, "eu");
            });
        }

        @Test
        void shouldBeRefusedForANumberWithoutDigits() {
            assertRefused(WireBytes.of(id, encoder -> {
                writeText(encoder, "acme");
                writeText(encoder, "api_calls");
                encoder.writeBytes(new byte[0]);
                writeText(encoder, "k1");
                writeTail(encoder, 0, 0);
            }));
        }

        @ParameterizedTest
        @CsvSource({"2, 0", "-1, 0", "2147483647, 0", "0, 2", "0, -1"})
        void shouldBeRefusedForAKindOrABranchThatDoesNotExist(final int kind, final int branch) {
            assertRefused(WireBytes.of(id, encoder -> {
                writeBeforeKey(encoder);
                writeText(encoder, "k1");
                writeTail(encoder, kind, branch);
            }));
        }

        private void assertRefusedWithoutRoom(final Body body) {
            final byte[] bytes = WireBytes.of(id, body);
            final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
            final long before =
                    threads.getThreadAllocatedBytes(Thread.currentThread().getId());
            assertTimeoutIsKept(bytes);
            assertThat(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before)
                    .isLessThan(MOST_ALLOCATED);
        }

        private void assertTimeoutIsKept(final byte[] bytes) {
            final long started = System.nanoTime();
            assertRefused(bytes);
            assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Nested
    class BrokenText {
        private final EventReader reader = new EventReader(decoder, TopologySettings.DEFAULT_MAX_RECORD_BYTES);
        private final byte[][] broken = {
            {'k', (byte) 0xff}, {'k', (byte) 0xfe}, {'k', (byte) 0xc3}, {'k', (byte) 0xed, (byte) 0xa0, (byte) 0x80}
        };

        @Test
        void shouldNotMakeTwoKeysOne() {
            for (final byte[] key : broken) {
                assertThat(read("acme".getBytes(UTF_8), "acme".getBytes(UTF_8), key))
                        .isInstanceOfSatisfying(Malformed.class, malformed -> {
                            assertThat(malformed.refusal().reason()).isEqualTo(RejectionReason.INVALID);
                            assertThat(malformed.refusal().detail())
                                    .startsWith("idempotencyKey '")
                                    .endsWith("must be well-formed Unicode");
                        });
            }
        }

        @Test
        void shouldNotMakeTwoCustomersOneWhateverTheRecordsKey() {
            for (final byte[] customer : broken) {
                final byte[] asDecoded = new String(customer, UTF_8).getBytes(UTF_8);
                assertThat(read(customer, customer, "k1".getBytes(UTF_8)))
                        .isInstanceOfSatisfying(Malformed.class, malformed -> assertThat(
                                        malformed.refusal().reason())
                                .isEqualTo(RejectionReason.KEY_MISMATCH));
                assertThat(read(asDecoded, customer, "k1".getBytes(UTF_8)))
                        .isInstanceOfSatisfying(Malformed.class, malformed -> assertThat(
                                        malformed.refusal().reason())
                                .isEqualTo(RejectionReason.INVALID));
            }
        }

        @Test
        void shouldBeReadWhereItIsWellFormed() {
            assertThat(read("東京".getBytes(UTF_8), "東京".getBytes(UTF_8), "k\uD83D\uDE80".getBytes(UTF_8)))
                    .isInstanceOf(WellFormed.class);
        }

        private Reading read(final byte[] recordKey, final byte[] customer, final byte[] key) {
            return reader.read(recordKey, WireBytes.of(id, encoder -> {
                writeText(encoder, customer);
                writeText(encoder, "api_calls");
                encoder.writeBytes(new byte[] {1});
                writeText(encoder, key);
                writeTail(encoder, 0, 0);
            }));
        }
    }

    @Nested
    class WritersSchema {
        @Test
        void shouldBeReadWithMoreFieldsThanOurs() throws Exception {
            final Schema more = withField("{\"name\":\"nested\",\"type\":{\"type\":\"record\",\"name\":\"Nested\","
                    + "\"fields\":[{\"name\":\"a\",\"type\":{\"type\":\"array\",\"items\":\"double\"},\"default\":[]}]},"
                    + "\"default\":{\"a\":[1.5]}}");

            assertThat(decoder.decode(WireBytes.of(registry.add(more), WireBytes.in(more))))
                    .isEqualTo(WireBytes.event());
        }

        @Test
        void shouldBeReadWithoutTheOptionalFields() throws Exception {
            final Schema fewer = without("properties", "kind", "voidedKey");

            final UsageEvent read = decoder.decode(WireBytes.of(registry.add(fewer), WireBytes.in(fewer)));

            assertThat(read.getProperties()).isEmpty();
            assertThat(read.getKind()).isEqualTo(UsageKind.USAGE);
            assertThat(read.getVoidedKey()).isNull();
            assertThat(read.getIdempotencyKey()).isEqualTo("key \uD83D\uDE80");
        }

        @Test
        void shouldBeReadInAnyOrderOfItsFields() throws Exception {
            final List<Schema.Field> reversed = new ArrayList<>();
            OURS.getFields().forEach(field -> reversed.add(0, copyOf(field)));
            final Schema other = recordOf(reversed);

            assertThat(decoder.decode(WireBytes.of(registry.add(other), WireBytes.in(other))))
                    .isEqualTo(WireBytes.event());
        }

        @ParameterizedTest
        @ValueSource(strings = {"customerId", "feature", "value", "idempotencyKey", "occurredAt"})
        void shouldBeRefusedWithoutAFieldThatIsNeeded(final String field) {
            final Schema fewer = without(field);

            assertRefused(WireBytes.of(registry.add(fewer), WireBytes.in(fewer)));
        }

        @Test
        void shouldBeRefusedWhereItIsAnotherRecordOrNoRecord() {
            final int aggregate = registry.add(UsageAggregate.getClassSchema());
            final int text = registry.add(Schema.create(Schema.Type.STRING));

            assertRefused(WireBytes.of(aggregate, WireBytes.event()));
            assertRefused(
                    WireBytes.of(text, encoder -> writeText(encoder, "acme")),
                    "the schema is a string, not a UsageEvent");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":38,\"scale\":2}",
                    "{\"type\":\"bytes\",\"logicalType\":\"decimal\",\"precision\":20,\"scale\":9}",
                    "{\"type\":\"bytes\",\"logicalType\":\"big-decimal\"}",
                    "\"bytes\"",
                    "\"string\"",
                    "\"double\""
                })
        void shouldBeRefusedWhereTheValueIsAnotherKindOfNumber(final String type) {
            assertRefusedField("value", type);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "{\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
                    "{\"type\":\"long\",\"logicalType\":\"local-timestamp-millis\"}",
                    "\"long\"",
                    "\"int\"",
                    "{\"type\":\"int\",\"logicalType\":\"date\"}"
                })
        void shouldBeRefusedWhereTheTimeIsAnotherKindOfTime(final String type) {
            assertRefusedField("occurredAt", type);
        }

        @Test
        void shouldBeReadForTheKindsThatWeKnowAndRefusedForOthers() throws Exception {
            final Schema more = new Schema.Parser()
                    .parse(OURS.toString().replace("[\"USAGE\",\"VOID\"]", "[\"CREDIT\",\"USAGE\",\"VOID\"]"));
            final int schemaId = registry.add(more);
            final GenericRecord usage = WireBytes.in(more);
            final GenericRecord credit = WireBytes.in(more);
            credit.put("kind", new GenericData.EnumSymbol(more.getField("kind").schema(), "CREDIT"));

            assertThat(decoder.decode(WireBytes.of(schemaId, usage))).isEqualTo(WireBytes.event());
            assertRefused(WireBytes.of(schemaId, credit));
        }

        @Test
        void shouldBeRefusedWhereTheKindIsANumber() {
            assertRefusedField("kind", "\"int\"");
        }

        private void assertRefusedField(final String field, final String type) {
            final Schema other = withType(field, type);
            final byte[] asOurs = WireBytes.of(id, WireBytes.event());

            assertRefused(
                    WireBytes.of(registry.add(other), encoder -> encoder.writeFixed(asOurs, 5, asOurs.length - 5)));
        }
    }

    @Nested
    class Outage {
        @Test
        void shouldBeAnExceptionAndNotAnOutcomeSoThatTheEventIsReadAgain() throws Exception {
            final byte[] event = WireBytes.of(id, WireBytes.event());
            for (final Exception failure : new Exception[] {
                new ConnectException("refused"),
                new IOException("timed out"),
                new RestClientException("server error", 500, 50001),
                new RestClientException("unavailable", 503, 50302),
                new RestClientException("too many requests", 429, 42901),
                new RestClientException("who are you", 401, 40101)
            }) {
                registry.failWith(failure);
                assertThatThrownBy(() -> decoder.decode(event))
                        .isInstanceOf(SchemaRegistryUnavailableException.class)
                        .hasMessage("schema " + id + " is not known yet and the schema registry does not answer")
                        .hasCause(failure);
            }
            registry.recover();

            assertThat(decoder.decode(event)).isEqualTo(WireBytes.event());
        }

        @Test
        void shouldNotStopWhatWasWrittenWithAKnownSchema() throws Exception {
            final byte[] event = WireBytes.of(id, WireBytes.event());
            decoder.decode(event);
            registry.failWith(new ConnectException("refused"));

            assertThat(decoder.decode(event)).isEqualTo(WireBytes.event());
            assertRefused(new byte[] {1, 2, 3});
        }
    }

    private void assertRefused(final byte[] bytes, final String message) {
        assertThatThrownBy(() -> decoder.decode(bytes))
                .isInstanceOf(UndecodableException.class)
                .hasMessage(message);
    }

    private void assertRefused(final byte[] bytes) {
        assertThatThrownBy(() -> decoder.decode(bytes)).isInstanceOf(UndecodableException.class);
    }

    private static void writeBeforeKey(final BinaryEncoder encoder) throws IOException {
        writeText(encoder, "acme");
        writeText(encoder, "api_calls");
        encoder.writeBytes(new byte[] {1});
    }

    private static void writeHead(final BinaryEncoder encoder) throws IOException {
        writeBeforeKey(encoder);
        writeText(encoder, "k1");
        encoder.writeLong(0);
    }

    private static void writeTail(final BinaryEncoder encoder, final int kind, final int branch) throws IOException {
        encoder.writeLong(0);
        encoder.writeLong(0);
        encoder.writeInt(kind);
        encoder.writeInt(branch);
    }

    private static Schema withField(final String field) {
        return new Schema.Parser().parse(OURS.toString().replace("\"fields\":[", "\"fields\":[" + field + ","));
    }

    private static Schema without(final String... names) {
        return recordOf(OURS.getFields().stream()
                .filter(field -> !List.of(names).contains(field.name()))
                .map(UsageEventDecoderTest::copyOf)
                .toList());
    }

    private static Schema withType(final String name, final String type) {
        return recordOf(OURS.getFields().stream()
                .map(field -> field.name().equals(name)
                        ? new Schema.Field(name, new Schema.Parser().parse(type))
                        : copyOf(field))
                .toList());
    }

    private static Schema.Field copyOf(final Schema.Field field) {
        return new Schema.Field(field, field.schema());
    }

    private static Schema recordOf(final List<Schema.Field> fields) {
        return Schema.createRecord("UsageEvent", null, "dev.driftless.schemas", false, fields);
    }
}
