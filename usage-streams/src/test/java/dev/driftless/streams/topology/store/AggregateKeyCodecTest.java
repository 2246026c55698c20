package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.streams.domain.AggregateKey;
import dev.driftless.streams.domain.AggregateKey.GroupValue;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.junit.jupiter.api.Test;

class AggregateKeyCodecTest {
    private static final Instant MARCH = Instant.parse("2026-03-01T00:00:00Z");
    private static final List<String> TEXTS = List.of("", "a", "b", "ab", "\u0000", "Straße", "東京", "\uD83D\uDE80");

    @Test
    void shouldReadAKeyOfAnyScriptAsItWasWritten() {
        final AggregateKey key = new AggregateKey(
                "Straße 東京 \uD83D\uDE80",
                "api_calls",
                MARCH,
                List.of(new GroupValue("region", ""), new GroupValue("Größe", "\u0000\uD83D\uDE80")));

        assertThat(AggregateKeyCodec.decode(AggregateKeyCodec.encode(key))).isEqualTo(key);
    }

    @Test
    void shouldHoldTheLongestTextsThatRulesAdmit() {
        final String emoji = "\uD83D\uDE80";
        final AggregateKey key = new AggregateKey(
                emoji.repeat(200),
                "a".repeat(100),
                MARCH,
                List.of(new GroupValue(emoji.repeat(100), emoji.repeat(1_000))));

        assertThat(AggregateKeyCodec.decode(AggregateKeyCodec.encode(key))).isEqualTo(key);
    }

    @Test
    void shouldRefuseATextWhoseLengthDoesNotFit() {
        final AggregateKey longest = new AggregateKey("x".repeat(0xFFFF), "f", MARCH, List.of());
        final AggregateKey longer = new AggregateKey("x".repeat(0x10000), "f", MARCH, List.of());

        assertThat(AggregateKeyCodec.decode(AggregateKeyCodec.encode(longest))).isEqualTo(longest);
        assertThatThrownBy(() -> AggregateKeyCodec.encode(longer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldGiveNoTwoKeysTheSameBytes() {
        final Map<Bytes, AggregateKey> seen = new HashMap<>();
        for (final AggregateKey key : keys()) {
            assertThat(seen.put(AggregateKeyCodec.encode(key), key))
                    .as(key::toString)
                    .isNull();
            assertThat(AggregateKeyCodec.decode(AggregateKeyCodec.encode(key))).isEqualTo(key);
        }
        assertThat(seen).hasSizeGreaterThan(4_000);
    }

    @Test
    void shouldOrderTheAggregatesOfACustomerAndFeatureByTheirPeriods() {
        final List<Bytes> encoded = List.of(
                encodedAt("1970-01-01T00:00:00Z"),
                encodedAt("1970-01-01T00:00:00.255Z"),
                encodedAt("1970-01-01T00:00:00.256Z"),
                encodedAt("2026-03-01T00:00:00Z"),
                encodedAt("2026-04-01T00:00:00Z"),
                encodedAt("9998-12-01T00:00:00Z"));

        assertThat(encoded).isSorted();
    }

    private static Bytes encodedAt(final String periodStart) {
        return AggregateKeyCodec.encode(new AggregateKey("acme", "f", Instant.parse(periodStart), List.of()));
    }

    private static List<AggregateKey> keys() {
        final List<AggregateKey> keys = new ArrayList<>();
        for (final String customer : TEXTS) {
            for (final String feature : TEXTS) {
                keys.add(new AggregateKey(customer, feature, MARCH, List.of()));
                keys.add(new AggregateKey(customer, feature, MARCH.plusMillis(1), List.of()));
                for (final String property : TEXTS) {
                    for (final String value : TEXTS) {
                        keys.add(new AggregateKey(customer, feature, MARCH, List.of(new GroupValue(property, value))));
                    }
                }
            }
        }
        return keys;
    }
}
