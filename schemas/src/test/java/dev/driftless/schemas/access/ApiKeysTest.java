package dev.driftless.schemas.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
    private static final String DIGEST_OF_ABC = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";

    @TempDir
    private Path folder;

    @Test
    void shouldFindAKeyThatIsWrittenOutOrAsItsDigest() {
        final ApiKeys keys = ApiKeys.of(Stream.of("first", "sha256:" + DIGEST_OF_ABC));

        assertThat(keys.find(Optional.of("first"))).isPresent();
        assertThat(keys.find(Optional.of("abc"))).isPresent();
        assertThat(keys.find(Optional.of(DIGEST_OF_ABC))).isEmpty();
        assertThat(keys.find(Optional.of("sha256:" + DIGEST_OF_ABC))).isEmpty();
        assertThat(keys.find(Optional.of(""))).isEmpty();
        assertThat(keys.find(Optional.empty())).isEmpty();
    }

    @Test
    void shouldLetEveryoneDoEverythingWhileThereAreNone() {
        final ApiKey anyone = ApiKeys.of(Stream.empty()).find(Optional.empty()).orElseThrow();

        assertThat(anyone.allows(Scope.INGEST)).isTrue();
        assertThat(anyone.allows(Scope.QUERY)).isTrue();
        assertThat(anyone.allows("acme")).isTrue();
    }

    @Test
    void shouldBeForIngestOfAllCustomersUnlessItSaysOtherwise() {
        assertThat(key("k").allows(Scope.INGEST)).isTrue();
        assertThat(key("k").allows(Scope.QUERY)).isFalse();
        assertThat(key("k scope=query").allows(Scope.INGEST)).isFalse();
        assertThat(key("k scope=ingest,query").allows(Scope.QUERY)).isTrue();
        assertThat(key("k").allows("acme")).isTrue();
    }

    @Test
    void shouldBeForTheCustomersItNamesAlone() {
        final ApiKey key = key("k  customers=acme,a%2Cb%20%25,Zoë+1");

        assertThat(Stream.of("acme", "a,b %", "Zoë+1")).allMatch(key::allows);
        assertThat(Stream.of("Acme", "acme,", "a", "Zoë 1", "")).noneMatch(key::allows);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sha256:secret",
                "secret scope=admin",
                "secret scope=",
                "secret scope=ingest,",
                "secret customers=",
                "secret customers=a,",
                "secret customers=%zz",
                "secret owner=a"
            })
    void shouldRefuseAKeyThatCannotBeReadWithoutShowingIt(final String written) {
        assertThatThrownBy(() -> ApiKeys.of(Stream.of(written)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldReadAFileAndNameTheLineThatIsWrong() throws IOException {
        final Path file = folder.resolve("keys");
        Files.writeString(file, "# team a\n\n  one scope=query \ntwo\n");

        final ApiKeys keys = ApiKeys.of(List.of("three"), file);
        Files.writeString(file, "one\n\nsecret scop=query\n");

        assertThat(keys.size()).isEqualTo(3);
        assertThat(keys.find(Optional.of("one")).orElseThrow().allows(Scope.QUERY))
                .isTrue();
        assertThatThrownBy(() -> ApiKeys.of(List.of(), file))
                .hasMessageContaining("line 3")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldRefuseAFileWithoutKeysRatherThanLetEveryoneIn() throws IOException {
        final Path file = Files.writeString(folder.resolve("keys"), "# none\n");

        assertThatThrownBy(() -> ApiKeys.of(List.of(), file)).hasMessageContaining("at least one key");
    }

    private static ApiKey key(final String written) {
        return ApiKey.parse(written);
    }
}
