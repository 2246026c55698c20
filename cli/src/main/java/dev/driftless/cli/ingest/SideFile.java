package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.driftless.cli.CliException;
import dev.driftless.gateway.event.Json;
import dev.driftless.gateway.event.Refusal;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Lines that were refused, with number and reason, as newline-delimited JSON; created with the first. */
final class SideFile {
    private final Path path;
    private boolean isContinued;
    private long lines;

    /**
     * A side file.
     *
     * @param isContinued whether what is in it stays
     */
    SideFile(final Path path, final boolean isContinued) {
        this.path = path;
        this.isContinued = isContinued;
        if (!isContinued) {
            forgetEarlierRun();
        }
    }

    private void forgetEarlierRun() {
        try {
            Files.deleteIfExists(path);
        } catch (final IOException e) {
            throw unwritable(e);
        }
    }

    private CliException unwritable(final IOException failure) {
        return new CliException("cannot write " + path + ", where refused lines go: " + failure, failure);
    }

    Path path() {
        return path;
    }

    long lines() {
        return lines;
    }

    void add(final EventLine line, final Refusal refusal) {
        final var entry = Json.object()
                .put("line", line.number())
                .put("code", refusal.code().text())
                .put("reason", refusal.message())
                .put("text", line.text());
        try (OutputStream file = Files.newOutputStream(
                path,
                StandardOpenOption.CREATE,
                isContinued ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.WRITE)) {
            file.write((new String(Json.write(entry), UTF_8) + "\n").getBytes(UTF_8));
        } catch (final IOException e) {
            throw unwritable(e);
        }
        isContinued = true;
        lines++;
    }
}
