package dev.driftless.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What is wrong with bytes that no client of ours would write. */
final class Garbage {
    /** An id that no registry has given out. */
    private static final int UNKNOWN_SCHEMA = 2_000_000_000;

    /** Ways to write something that is not an event, given one. */
    static final List<BiFunction<byte[], SplittableRandom, byte[]>> UNDECODABLE = List.of(
            (event, random) -> randomBytes(random),
            (event, random) -> withFirstByte(event, (byte) 1),
            (event, random) -> withSchema(event, UNKNOWN_SCHEMA),
            (event, random) -> Arrays.copyOf(event, 6 + random.nextInt(event.length - 6)),
            (event, random) -> Arrays.copyOf(event, event.length + 1 + random.nextInt(20)),
            (event, random) -> Arrays.copyOf(event, random.nextInt(5)),
            (event, random) -> "{\"customerId\":\"customer-0001\",\"feature\":\"api_calls\"}".getBytes(UTF_8),
            (event, random) -> null);

    /** Ways to break a rule of a field, given fields that keep them all. */
    static final List<UnaryOperator<EventBytes.Fields>> INVALID = List.of(
            fields -> fields.withCustomer(""),
            fields -> fields.withCustomer("   "),
            fields -> fields.withCustomer("c".repeat(201)),
            fields -> fields.withCustomer("line\nbreak"),
            fields -> fields.withUnscaled(BigInteger.TEN.pow(38)),
            fields -> fields.withUnscaled(BigInteger.TEN.pow(38).negate()),
            fields -> fields.withUnscaled(BigInteger.TEN.pow(60)),
            fields -> fields.withKey(""),
            fields -> fields.withKey("k".repeat(257)),
            fields -> fields.withKey("tab\there"),
            fields -> fields.withOccurredAt(-1),
            fields -> fields.withOccurredAt(Long.MAX_VALUE),
            fields -> fields.withProperties(Map.of("", "nameless")),
            fields -> fields.withProperties(Map.of("note", "n".repeat(1_001))),
            fields -> fields.withProperties(tooMany()),
            fields -> fields.withKind("USAGE", "some-key"),
            fields -> fields.withKind("VOID", null));

    /** Feature codes that are not of the form. */
    static final List<String> MALFORMED_CODES =
            List.of("", "API Calls", "api-calls", "1st_calls", "_calls", "apiCalls", "c".repeat(101), "api_calls ");

    private Garbage() {}

    private static byte[] randomBytes(final SplittableRandom random) {
        final byte[] bytes = new byte[1 + random.nextInt(200)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] withFirstByte(final byte[] event, final byte first) {
        final byte[] bytes = event.clone();
        bytes[0] = first;
        return bytes;
    }

    private static byte[] withSchema(final byte[] event, final int id) {
        final byte[] bytes = event.clone();
        ByteBuffer.wrap(bytes).putInt(1, id);
        return bytes;
    }

    private static Map<String, String> tooMany() {
        return IntStream.rangeClosed(1, 51)
                .boxed()
                .collect(Collectors.toUnmodifiableMap(number -> "p" + number, number -> "v"));
    }
}
