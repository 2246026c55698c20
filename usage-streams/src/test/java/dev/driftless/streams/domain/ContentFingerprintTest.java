package dev.driftless.streams.domain;

import static dev.driftless.streams.domain.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.UsageKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ContentFingerprintTest {
    private static final Optional<String> NOTHING = Optional.empty();

    @Test
    void shouldNotChangeWithTheTimeThatARetryIsStampedWith() {
        assertThat(of(Examples.event("1", NOON))).isEqualTo(of(Examples.event("1", NOON.plusSeconds(60))));
    }

    @Test
    void shouldTakeAValueAsANumber() {
        assertThat(ofValue("1")).isEqualTo(ofValue("1.0")).isEqualTo(ofValue("1.000000000"));
        assertThat(ofValue("100")).isEqualTo(ofValue("1E+2"));
        assertThat(ofValue("0")).isEqualTo(ofValue("-0.0")).isEqualTo(ofValue("0E-30"));
        assertThat(ofValue("1")).isNotEqualTo(ofValue("-1")).isNotEqualTo(ofValue("1.000000001"));
    }

    @Test
    void shouldNotChangeWithTheOrderOfTheProperties() {
        final Map<String, String> one = new LinkedHashMap<>();
        one.put("region", "eu");
        one.put("model", "m1");
        final Map<String, String> other = new LinkedHashMap<>();
        other.put("model", "m1");
        other.put("region", "eu");

        assertThat(ofProperties(one)).isEqualTo(ofProperties(other));
    }

    @Test
    void shouldTellPropertiesApartWhoseTextsRunTogetherAlike() {
        assertThat(ofProperties(Map.of("a", "b")))
                .isNotEqualTo(ofProperties(Map.of()))
                .isNotEqualTo(ofProperties(Map.of("ab", "")))
                .isNotEqualTo(ofProperties(Map.of("", "ab")))
                .isNotEqualTo(ofProperties(Map.of("b", "a")))
                .isNotEqualTo(ofProperties(Map.of("a", "b", "c", "")));
        assertThat(ofProperties(Map.of("a", "b", "c", "d"))).isNotEqualTo(ofProperties(Map.of("a", "d", "c", "b")));
    }

    @Test
    void shouldChangeWithTheFeatureTheKindAndTheVoidedKey() {
        final long plain = of(Examples.event("f", "1", Map.of(), UsageKind.USAGE, NOTHING, NOON));

        assertThat(plain)
                .isNotEqualTo(of(Examples.event("g", "1", Map.of(), UsageKind.USAGE, NOTHING, NOON)))
                .isNotEqualTo(of(Examples.event("f", "1", Map.of(), UsageKind.VOID, NOTHING, NOON)))
                .isNotEqualTo(of(Examples.event("f", "1", Map.of(), UsageKind.VOID, Optional.of("k0"), NOON)));
        assertThat(of(Examples.event("f", "1", Map.of(), UsageKind.VOID, Optional.of("k0"), NOON)))
                .isNotEqualTo(of(Examples.event("f", "1", Map.of(), UsageKind.VOID, Optional.of("k1"), NOON)));
    }

    @Test
    void shouldTellAnAbsentVoidedKeyFromAnEmptyOne() {
        assertThat(of(Examples.event("f", "1", Map.of(), UsageKind.USAGE, NOTHING, NOON)))
                .isNotEqualTo(of(Examples.event("f", "1", Map.of(), UsageKind.USAGE, Optional.of(""), NOON)));
    }

    @Test
    void shouldNeverChangeSinceItIsKeptInTheStores() {
        final Event event = Examples.event(
                "api_calls", "2.5", Map.of("region", "eu", "model", "m1"), UsageKind.USAGE, NOTHING, NOON);

        assertThat(of(event)).isEqualTo(8967809398541475191L);
    }

    private static long ofValue(final String value) {
        return of(Examples.event(value, NOON));
    }

    private static long ofProperties(final Map<String, String> properties) {
        return of(Examples.event("f", "1", properties, UsageKind.USAGE, NOTHING, NOON));
    }

    private static long of(final Event event) {
        return ContentFingerprint.of(event);
    }
}
