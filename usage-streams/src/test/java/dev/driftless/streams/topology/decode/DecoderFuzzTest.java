package dev.driftless.streams.topology.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.streams.topology.TopologySettings;
import dev.driftless.streams.topology.decode.Reading.Malformed;
import dev.driftless.streams.topology.decode.Reading.WellFormed;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come, reading them ends, soon, as an event or as a refusal. A failure names the case's seed; {@code
 * -Ddriftless.seed=n} runs other cases.
 */
class DecoderFuzzTest {
    private static final long SEED = Long.getLong("driftless.seed", 20_260_310L);
    private static final int CASES = Integer.getInteger("driftless.fuzz", 100_000);
    private static final int LONGEST_DETAIL = 10_000;
    private static final byte[] KEY = "acme".getBytes(UTF_8);
    private static final long[] TELLING = {
        0,
        1,
        -1,
        2,
        -2,
        63,
        64,
        -64,
        -65,
        1 << 16,
        1 << 20,
        Integer.MAX_VALUE,
        Integer.MIN_VALUE,
        Long.MAX_VALUE,
        Long.MIN_VALUE
    };

    private final CountingRegistry registry = new CountingRegistry();
    private final EventReader reader = new EventReader(
            new UsageEventDecoder(registry, Clock.systemUTC()), TopologySettings.DEFAULT_MAX_RECORD_BYTES);

    @Test
    void shouldReadOrRefuseWhateverBytesCome() {
        final List<byte[]> seeds = seeds();
        final long started = System.nanoTime();
        int wellFormed = 0;
        int malformed = 0;
        for (int i = 0; i < CASES; i++) {
            final long seed = SEED + i;
            final byte[] bytes = mutated(new SplittableRandom(seed), seeds);
            final Reading reading = read(seed, bytes);
            if (reading instanceof WellFormed) {
                wellFormed++;
            } else if (reading instanceof Malformed refused) {
                malformed++;
                assertThat(refused.refusal().detail())
                        .as(() -> describe(seed, bytes))
                        .hasSizeLessThan(LONGEST_DETAIL);
            }
        }
        assertThat(wellFormed).isGreaterThan(CASES / 100);
        assertThat(malformed).isGreaterThan(CASES / 2);
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .isLessThan(Duration.ofMillis(CASES).plusSeconds(60));
    }

    private Reading read(final long seed, final byte[] bytes) {
        final long started = System.nanoTime();
        final Reading reading;
        try {
            reading = reader.read(KEY, bytes);
        } catch (final RuntimeException | Error e) {
            throw new AssertionError(describe(seed, bytes), e);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - started))
                .as(() -> describe(seed, bytes))
                .isLessThan(Duration.ofSeconds(5));
        return reading;
    }

    private static String describe(final long seed, final byte[] bytes) {
        return "seed " + seed + ": " + HexFormat.of().formatHex(bytes);
    }

    /** Valid records of our schema and of one with fields to be skipped, and one of another record. */
    private List<byte[]> seeds() {
        final Schema more = new Schema.Parser()
                .parse(UsageEvent.getClassSchema()
                        .toString()
                        .replace(
                                "\"fields\":[",
                                "\"fields\":[" + extra("a", "{\"type\":\"array\",\"items\":\"string\"}", "[\"x\"]")
                                        + extra("m", "{\"type\":\"map\",\"values\":\"bytes\"}", "{\"k\":\"v\"}")
                                        + extra("u", "[\"double\",\"string\",\"null\"]", "1.5")
                                        + extra("f", "{\"type\":\"fixed\",\"name\":\"Four\",\"size\":4}", "\"abcd\"")));
        return List.of(
                WireBytes.of(registry.add(UsageEvent.getClassSchema()), WireBytes.event()),
                WireBytes.of(registry.add(more), WireBytes.in(more)),
                WireBytes.of(registry.add(Schema.create(Schema.Type.STRING)), encoder -> encoder.writeString("x")));
    }

    private static String extra(final String name, final String type, final String defaultValue) {
        return "{\"name\":\"" + name + "\",\"type\":" + type + ",\"default\":" + defaultValue + "},";
    }

    private static byte[] mutated(final SplittableRandom random, final List<byte[]> seeds) {
        byte[] bytes = seeds.get(random.nextInt(10) == 0 ? 2 : random.nextInt(2));
        for (int change = random.nextInt(1, 4); change > 0; change--) {
            bytes = changed(random, bytes);
        }
        return bytes;
    }

    private static byte[] changed(final SplittableRandom random, final byte[] bytes) {
        final int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        return switch (random.nextInt(7)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, 0, randomBytes(random, random.nextInt(1, 9)));
            case 2 -> spliced(bytes, at, 1, varint(TELLING[random.nextInt(TELLING.length)]));
            case 3 -> spliced(bytes, at, 0, varint(TELLING[random.nextInt(TELLING.length)]));
            case 4 -> spliced(bytes, at, Math.min(bytes.length - at, random.nextInt(1, 9)), new byte[0]);
            case 5 -> random.nextInt(20) == 0 ? randomBytes(random, random.nextInt(64)) : flipped(random, bytes, at);
            default -> flipped(random, bytes, at);
        };
    }

    private static byte[] flipped(final SplittableRandom random, final byte[] bytes, final int at) {
        final byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] spliced(final byte[] bytes, final int at, final int removed, final byte[] inserted) {
        final int end = Math.min(bytes.length, at + removed);
        final byte[] spliced = Arrays.copyOf(bytes, at + inserted.length + bytes.length - end);
        System.arraycopy(inserted, 0, spliced, at, inserted.length);
        System.arraycopy(bytes, end, spliced, at + inserted.length, bytes.length - end);
        return spliced;
    }

    private static byte[] randomBytes(final SplittableRandom random, final int count) {
        final byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Avro's encoding of a length or count. */
    private static byte[] varint(final long value) {
        final byte[] withHeader = WireBytes.of(0, encoder -> encoder.writeLong(value));
        return Arrays.copyOfRange(withHeader, 5, withHeader.length);
    }
}
