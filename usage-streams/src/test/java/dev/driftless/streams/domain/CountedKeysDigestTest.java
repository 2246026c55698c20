package dev.driftless.streams.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedKeysDigestTest {
    private static final BigInteger MODULUS = BigInteger.TWO.pow(256);

    @Test
    void shouldBeTheSumOfTheHashesModulo2To256() {
        CountedKeysDigest digest = CountedKeysDigest.EMPTY;
        BigInteger sum = BigInteger.ZERO;
        for (final KeyHash key : keys(10_000)) {
            digest = digest.plus(key);
            sum = sum.add(new BigInteger(1, key.bytes())).mod(MODULUS);
            assertThat(new BigInteger(1, digest.bytes())).isEqualTo(sum);
        }
        assertThat(digest).hasToString(sum.toString(16));
    }

    @Test
    void shouldCarryThroughAllItsBytesAndOverItsEnd() {
        final byte[] ones = new byte[32];
        Arrays.fill(ones, (byte) 0xff);
        final KeyHash key = KeyHash.of("acme", "k1");

        final CountedKeysDigest wrapped = CountedKeysDigest.of(ones).plus(key);

        assertThat(new BigInteger(1, wrapped.bytes()))
                .isEqualTo(new BigInteger(1, key.bytes()).subtract(BigInteger.ONE));
    }

    @Test
    void shouldNotDependOnTheOrder() {
        final List<KeyHash> shuffled = new ArrayList<>(keys(500));
        Collections.shuffle(shuffled, new Random(1));

        assertThat(of(shuffled)).isEqualTo(of(keys(500))).hasSameHashCodeAs(of(keys(500)));
    }

    @Test
    void shouldChangeWhenAKeyIsMissingOrCountedTwice() {
        final List<KeyHash> keys = keys(3);

        assertThat(of(keys))
                .isNotEqualTo(of(keys.subList(0, 2)))
                .isNotEqualTo(of(List.of(keys.get(0), keys.get(1), keys.get(2), keys.get(2))));
        assertThat(of(List.of(keys.get(0), keys.get(0)))).isNotEqualTo(CountedKeysDigest.EMPTY);
    }

    @Test
    void shouldComeBackFromItsBytes() {
        final CountedKeysDigest digest = of(keys(7));

        assertThat(digest.bytes()).hasSize(32);
        assertThat(CountedKeysDigest.of(digest.bytes())).isEqualTo(digest);
        assertThat(CountedKeysDigest.EMPTY.bytes()).containsOnly(0).hasSize(32);
    }

    @Test
    void shouldRefuseBytesOfAnotherLength() {
        assertThatThrownBy(() -> CountedKeysDigest.of(new byte[31]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a digest has 32 bytes, not 31");
    }

    @Test
    void shouldNotLetItsBytesBeChanged() {
        final byte[] bytes = of(keys(1)).bytes();
        final CountedKeysDigest digest = CountedKeysDigest.of(bytes);
        bytes[0]++;
        digest.bytes()[1]++;

        assertThat(digest).isEqualTo(of(keys(1)));
    }

    private static CountedKeysDigest of(final List<KeyHash> keys) {
        CountedKeysDigest digest = CountedKeysDigest.EMPTY;
        for (final KeyHash key : keys) {
            digest = digest.plus(key);
        }
        return digest;
    }

    private static List<KeyHash> keys(final int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> KeyHash.of("customer" + i % 7, "key" + i))
                .toList();
    }
}
