package dev.driftless.streams.topology.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.schemas.RejectionReason;
import dev.driftless.streams.domain.PartitionAccount;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class AccountSerdeTest {
    private static final Instant NOON = Instant.parse("2026-03-10T12:00:00.123Z");

    private final Serde<PartitionAccount> serde = AccountSerde.create();

    @Test
    void shouldReadAnAccountAsItWasWritten() {
        final Map<RejectionReason, Long> rejected = Arrays.stream(RejectionReason.values())
                .collect(Collectors.toMap(
                        Function.identity(), reason -> (long) reason.name().length()));

        assertRoundTrip(new PartitionAccount(5, 60, 1, 2, rejected, 3, 4, NOON, Optional.of((1L << 53) - 1)));
    }

    @Test
    void shouldReadAnAccountOfAPartitionOfWhichNothingWasRead() {
        assertRoundTrip(PartitionAccount.open(0));
    }

    @Test
    void shouldReadNothingAsNothing() {
        assertThat(serde.serializer().serialize("accounts", null)).isNull();
        assertThat(serde.deserializer().deserialize("accounts", null)).isNull();
    }

    private void assertRoundTrip(final PartitionAccount account) {
        assertThat(serde.deserializer()
                        .deserialize("accounts", serde.serializer().serialize("accounts", account)))
                .isEqualTo(account);
    }
}
