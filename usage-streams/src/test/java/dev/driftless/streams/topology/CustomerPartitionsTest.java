package dev.driftless.streams.topology;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CustomerPartitionsTest {
    private static final String[] ALPHABET = {"a", "Z", "0", "-", " ", "é", "ß", "東", "\uD83D\uDE80", "\u0000"};

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 6, 7, 64, 1_000})
    void shouldPlaceEachCustomerWhereKafkasJavaClientDoes(final int partitions) {
        for (final String customer : customers()) {
            assertThat(CustomerPartitions.partitionOf(customer, partitions))
                    .as(customer)
                    .isEqualTo(BuiltInPartitioner.partitionForKey(customer.getBytes(UTF_8), partitions))
                    .isEqualTo(CustomerPartitions.partitionOf(customer.getBytes(UTF_8), partitions));
        }
    }

    @Test
    void shouldUseAllPartitions() {
        assertThat(customers().stream()
                        .map(customer -> CustomerPartitions.partitionOf(customer, 6))
                        .distinct())
                .containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5);
    }

    @Test
    void shouldNeverMoveACustomer() {
        assertThat(IntStream.range(0, 8).map(i -> CustomerPartitions.partitionOf("customer-" + i, 6)))
                .containsExactly(1, 3, 2, 4, 1, 0, 1, 1);
    }

    private static List<String> customers() {
        final SplittableRandom random = new SplittableRandom(1);
        final List<String> customers = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            final StringBuilder customer = new StringBuilder();
            for (int length = random.nextInt(1, 30); length > 0; length--) {
                customer.append(ALPHABET[random.nextInt(ALPHABET.length)]);
            }
            customers.add(customer.toString());
        }
        return customers;
    }
}
