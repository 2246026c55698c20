package dev.driftless.streams.domain;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class KeyHashTest {

    @Test
    void shouldBeTheSha256OfTheCustomersLengthTheCustomerAndTheKey() throws Exception {
        final ByteArrayOutputStream input = new ByteArrayOutputStream();
        input.write(new byte[] {0, 0, 0, 11});
        input.write("Zoë 東京".getBytes(UTF_8));
        input.write("k-1".getBytes(UTF_8));

        assertThat(KeyHash.of("Zoë 東京", "k-1").bytes())
                .isEqualTo(MessageDigest.getInstance("SHA-256").digest(input.toByteArray()));
    }

    @Test
    void shouldNeverChangeSinceItNamesWhatIsKeptInTheStores() {
        assertThat(HexFormat.of().formatHex(KeyHash.of("acme", "k1").bytes()))
                .isEqualTo("b86b027579ac04b34aa2681b2c726487add82acbbda0242afe2c16b1e753b0b3");
    }

    @Test
    void shouldNameAPairByItsFirst16Bytes() {
        final KeyHash hash = KeyHash.of("acme", "k1");

        assertThat(hash.bytes()).hasSize(32);
        assertThat(hash.name()).isEqualTo(Arrays.copyOf(hash.bytes(), 16));
    }

    @Test
    void shouldTellPairsApartWhoseTextsRunTogetherAlike() {
        assertThat(KeyHash.of("ab", "c").bytes())
                .isNotEqualTo(KeyHash.of("a", "bc").bytes());
        assertThat(KeyHash.of("", "abc").bytes())
                .isNotEqualTo(KeyHash.of("abc", "").bytes());
        assertThat(KeyHash.of("a", "K").bytes())
                .isNotEqualTo(KeyHash.of("a", "k").bytes());
    }

    @Test
    void shouldNotLetItsBytesBeChanged() {
        final KeyHash hash = KeyHash.of("acme", "k1");
        hash.bytes()[0]++;
        hash.name()[0]++;

        assertThat(hash.bytes()).isEqualTo(KeyHash.of("acme", "k1").bytes());
        assertThat(hash.name()).isEqualTo(KeyHash.of("acme", "k1").name());
    }
}
