package dev.driftless.bench.traffic;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.schemas.UsageEvent;
import dev.driftless.schemas.UsageKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.SplittableRandom;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;

/**
 * The events of a workload by their number, in Confluent wire format: 94 % new, 5 % copies of earlier ones, half of them
 * of any earlier time and half of the last thousand, and 1 % that is rejected. For use by one thread.
 */
public final class UsageEvents {
    private static final Duration AGE = Duration.ofDays(25);
    private static final int NEAR = 1_000;
    private static final int USERS = 500;

    private final Workload workload;
    private final int schemaId;
    private final SpecificDatumWriter<UsageEvent> writer = new SpecificDatumWriter<>(UsageEvent.class);
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private BinaryEncoder encoder;

    /**
     * The events.
     *
     * @param schemaId id of the schema of usage events in the registry
     */
    public UsageEvents(final Workload workload, final int schemaId) {
        this.workload = workload;
        this.schemaId = schemaId;
    }

    /** An event as a record. */
    @SuppressWarnings("ArrayRecordComponent") // Handed on to Kafka, never compared.
    public record Encoded(byte[] key, byte[] value) {}

    /** The event of a number. */
    public Encoded get(final long number) {
        final SplittableRandom random = random(number);
        final int share = random.nextInt(1_000);
        if (share < 940 || number == 0) {
            return encoded(good(number));
        }
        return share < 990 ? copy(number, random) : refused(number, share);
    }

    private boolean isNew(final long number) {
        return number == 0 || random(number).nextInt(1_000) < 940;
    }

    private Encoded copy(final long number, final SplittableRandom random) {
        final long farthest = random.nextBoolean() ? number : Math.min(NEAR, number);
        long copied = number - 1 - random.nextLong(farthest);
        while (!isNew(copied)) {
            copied--;
        }
        return encoded(good(copied));
    }

    private Encoded refused(final long number, final int share) {
        final UsageEvent.Builder event = good(number);
        return switch (share % 4) {
            case 0 -> encoded(event.setFeature("sms_messages"));
            case 1 -> encoded(event.setOccurredAt(workload.start().minus(Duration.ofDays(90))));
            case 2 -> encoded(event.setFeature("tokens_generated").setValue(scaled(-1)));
            default -> new Encoded(event.getCustomerId().getBytes(UTF_8), new byte[] {'{', '}'});
        };
    }

    private UsageEvent.Builder good(final long number) {
        final SplittableRandom random = new SplittableRandom(workload.seed() * 31 + number).split();
        final double position = random.nextDouble();
        final int customer = (int) (position * position * workload.customers());
        final UsageEvent.Builder event = UsageEvent.newBuilder()
                .setCustomerId("customer-" + customer)
                .setIdempotencyKey("request-" + Long.toHexString(random.nextLong()) + "-" + number)
                .setOccurredAt(occurredAt(random))
                .setProperties(Map.of("region", random.nextBoolean() ? "eu-west-1" : "us-east-1"))
                .setKind(UsageKind.USAGE)
                .setVoidedKey(null)
                .setValue(scaled(1));
        return switch (random.nextInt(20)) {
            case 0, 1, 2 ->
                event.setFeature("storage_gb_hours").setValue(BigDecimal.valueOf(random.nextLong(5_000_000_000L), 9));
            case 3, 4, 5, 6, 7, 8 -> event.setFeature("tokens_generated").setValue(scaled(1L + random.nextInt(5_000)));
            case 9, 10 ->
                event.setFeature("inference_seconds")
                        .setValue(BigDecimal.valueOf(random.nextInt(30_000) * 1_000_000L, 9))
                        .setProperties(Map.of("model", random.nextBoolean() ? "small" : "large"));
            case 11 -> event.setFeature("peak_connections").setValue(scaled(random.nextInt(1_000)));
            case 12 -> event.setFeature("seats_assigned").setValue(scaled(1L + random.nextInt(50)));
            case 13, 14 ->
                event.setFeature("active_users").setProperties(Map.of("user", "user-" + random.nextInt(USERS)));
            default -> event.setFeature("api_calls");
        };
    }

    private Instant occurredAt(final SplittableRandom random) {
        return workload.start().minusMillis(60_000 + random.nextLong(AGE.toMillis()));
    }

    private static BigDecimal scaled(final long value) {
        return BigDecimal.valueOf(value).setScale(9);
    }

    private SplittableRandom random(final long number) {
        return new SplittableRandom(workload.seed() ^ (number * 0x9E3779B97F4A7C15L));
    }

    private Encoded encoded(final UsageEvent.Builder builder) {
        final UsageEvent event = builder.build();
        bytes.reset();
        bytes.write(0);
        bytes.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(schemaId).array());
        encoder = EncoderFactory.get().binaryEncoder(bytes, encoder);
        try {
            writer.write(event, encoder);
            encoder.flush();
        } catch (final IOException impossible) {
            throw new UncheckedIOException("writing to memory", impossible);
        }
        return new Encoded(event.getCustomerId().getBytes(UTF_8), bytes.toByteArray());
    }
}
