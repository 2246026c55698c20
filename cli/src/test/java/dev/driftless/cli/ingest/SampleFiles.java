package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Files of events without keys, one like the other, in the form and compression that their names say. */
final class SampleFiles {
    private SampleFiles() {}

    static Path write(final Path file, final String customer, final long events) throws IOException {
        final String name = file.getFileName().toString();
        final boolean isCsv = name.contains(".csv");
        final String line = isCsv
                ? customer + ",api_calls\n"
                : "{\"customerId\": \"" + customer + "\", \"feature\": \"api_calls\"}\n";
        try (OutputStream content = compressed(Files.newOutputStream(file), name)) {
            if (isCsv) {
                content.write("customerId,feature\n".getBytes(UTF_8));
            }
            for (long i = 0; i < events; i++) {
                content.write(line.getBytes(UTF_8));
            }
        }
        return file;
    }

    private static OutputStream compressed(final OutputStream raw, final String name) throws IOException {
        if (name.endsWith(".gz")) {
            return new GZIPOutputStream(raw);
        }
        return name.endsWith(".zst") ? new ZstdOutputStream(raw) : raw;
    }
}
