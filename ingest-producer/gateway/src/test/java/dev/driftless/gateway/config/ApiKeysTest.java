package dev.driftless.gateway.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiKeysTest {
    private static final String DIGEST_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @Test
    void shouldAdmitAKeyThatIsWrittenOutOrAsItsDigest() {
        final ApiKeys keys = ApiKeys.of(Stream.of("first", "sha256:" + DIGEST_OF_ABC));

        assertThat(keys.admit(Optional.of("first"))).isTrue();
        assertThat(keys.admit(Optional.of("abc"))).isTrue();
        assertThat(keys.admit(Optional.of(DIGEST_OF_ABC))).isFalse();
        assertThat(keys.admit(Optional.of("sha256:" + DIGEST_OF_ABC))).isFalse();
        assertThat(keys.admit(Optional.of(""))).isFalse();
        assertThat(keys.admit(Optional.empty())).isFalse();
    }

    @Test
    void shouldAdmitEveryoneWhileThereAreNone() {
        assertThat(ApiKeys.of(Stream.empty()).admit(Optional.empty())).isTrue();
    }

    @Test
    void shouldRefuseADigestThatIsNoneWithoutShowingIt() {
        assertThatThrownBy(() -> ApiKeys.of(Stream.of("sha256:secret")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64 hex digits")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldReadTheLinesOfAFile() {
        assertThat(ApiKeys.lines(Stream.of("# team a", "", "  one ", "two"))).containsExactly("one", "two");
    }
}
