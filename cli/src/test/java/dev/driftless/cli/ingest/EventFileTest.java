package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStream;
import dev.driftless.cli.CliException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventFileTest {
    private static final String LINE = "{\"customerId\": \"acme\", \"feature\": \"api_calls\"}\n";

    @TempDir
    private Path directory;

    @Test
    void shouldHaveTheSameDigestCompressedOrNot() throws IOException {
        final String plain = new EventFile(Files.writeString(directory.resolve("a.ndjson"), LINE + LINE)).digest();

        assertThat(file("a.ndjson.gz", compressed("gz")).digest()).isEqualTo(plain);
        assertThat(file("a.ndjson.zst", compressed("zst")).digest()).isEqualTo(plain);
    }

    /** What is there decompresses to whole lines. */
    @ParameterizedTest
    @ValueSource(strings = {"gz", "zst"})
    void shouldNotTakeAFileForCompleteThatIsCutOffBetweenTwoLines(final String suffix) throws IOException {
        final byte[] whole = compressed(suffix);
        for (final int missing : new int[] {1, 5, 9}) {
            final EventFile cut = file("cut.ndjson." + suffix, Arrays.copyOf(whole, whole.length - missing));

            assertThatThrownBy(cut::digest)
                    .as("%d bytes are missing", missing)
                    .isInstanceOf(CliException.class)
                    .hasMessageContaining("cannot read")
                    .hasMessageContaining("cut.ndjson." + suffix);
        }
    }

    private EventFile file(final String name, final byte[] content) throws IOException {
        return new EventFile(Files.write(directory.resolve(name), content));
    }

    private static byte[] compressed(final String suffix) throws IOException {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream lines =
                suffix.equals("gz") ? new GZIPOutputStream(bytes, 512, true) : new ZstdOutputStream(bytes)) {
            lines.write(LINE.getBytes(UTF_8));
            lines.flush();
            lines.write(LINE.getBytes(UTF_8));
            lines.flush();
        }
        return bytes.toByteArray();
    }
}
