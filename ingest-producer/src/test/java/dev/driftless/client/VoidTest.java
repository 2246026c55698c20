package dev.driftless.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.driftless.schemas.UsageKind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import org.junit.jupiter.api.Test;

class VoidTest {
    @Test
    void shouldTakeCustomerFeatureValueAndPropertiesFromTheEventThatItTakesBack() {
        final Usage counted = usage("k").value("2.5").property("region", "eu").build();

        final Usage taken = Usage.voidOf(counted).build();

        assertThat(taken.kind()).isEqualTo(UsageKind.VOID);
        assertThat(taken.voidedKey()).contains("k");
        assertThat(taken.customer()).isEqualTo(counted.customer());
        assertThat(taken.feature()).isEqualTo(counted.feature());
        assertThat(taken.value()).isEqualTo(counted.value());
        assertThat(taken.properties()).isEqualTo(counted.properties());
        assertThat(taken.idempotencyKey()).isNotEqualTo("k").isNotBlank();
    }

    @Test
    void shouldBeUsageUnlessItNamesAnotherEvent() {
        final Usage usage = usage("k").build();

        assertThat(usage.kind()).isEqualTo(UsageKind.USAGE);
        assertThat(usage.voidedKey()).isEmpty();
    }

    @Test
    void shouldRefuseAVoidOfItself() {
        final Usage.Builder itself = usage("k").voids("k");

        assertThatThrownBy(itself::build)
                .isInstanceOf(InvalidUsageException.class)
                .hasMessage("voidedKey 'k' must not be the void's own idempotencyKey");
    }

    @Test
    void shouldRefuseAVoidOfNothingInsteadOfSendingUsage() {
        assertThatThrownBy(() -> usage("k").voids(null).build())
                .isInstanceOf(InvalidUsageException.class)
                .hasMessageStartingWith("voidedKey 'null' must be 1 to 256 characters");
        assertThatThrownBy(() -> usage("k").voids(" ").build())
                .isInstanceOf(InvalidUsageException.class)
                .hasMessageStartingWith("voidedKey");
    }

    @Test
    void shouldRefuseAVoidOfAVoid() {
        final Usage taken = usage("v").voids("k").build();

        assertThatThrownBy(() -> Usage.voidOf(taken))
                .isInstanceOf(InvalidUsageException.class)
                .hasMessage("voidedKey 'v' must not name a void");
    }

    @Test
    void shouldHaveAnotherContentThanTheUsageThatItTakesBack() {
        final Usage counted = usage("k").build();
        final Usage taken = usage("v").voids("k").build();

        assertThat(taken.hasContentOf(counted)).isFalse();
        assertThat(taken.hasContentOf(usage("w").voids("k").build())).isTrue();
        assertThat(taken.hasContentOf(usage("w").voids("other").build())).isFalse();
        assertThat(taken).isNotEqualTo(usage("v").occurredAt(taken.occurredAt()).build());
        assertThat(taken).hasToString(taken.toString()).asString().contains("voidedKey=k");
    }

    @Test
    void shouldStayAVoidWhenItIsStoredAndReadAgain() throws Exception {
        final Usage taken = usage("v").voids("k").build();
        final ByteArrayOutputStream stored = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(stored)) {
            out.writeObject(taken);
        }

        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(stored.toByteArray()))) {
            assertThat(in.readObject()).isEqualTo(taken);
        }
    }

    private static Usage.Builder usage(final String key) {
        return Usage.builder().customer("acme").feature("api_calls").idempotencyKey(key);
    }
}
