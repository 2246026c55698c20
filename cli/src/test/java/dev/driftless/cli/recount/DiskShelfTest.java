package dev.driftless.cli.recount;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskShelfTest {
    @TempDir
    private Path directory;

    @Test
    void shouldKeepWhatWasCommittedAndNothingElse() {
        try (DiskShelf shelf = new DiskShelf(directory)) {
            final Spilled<String, Long> counts = new Spilled<>(shelf, 'n', Packed.TEXT, Packed.LONG);
            counts.put("kept", 1L);
            counts.put("removed", 2L);
            counts.flush();
            shelf.commit();
            counts.remove("removed");
            counts.put("kept", 3L);
            counts.flush();
            shelf.commit();
            counts.put("kept", 4L);
            counts.put("lost", 5L);
            counts.flush();
        }
        try (DiskShelf shelf = new DiskShelf(directory)) {
            final Spilled<String, Long> counts = new Spilled<>(shelf, 'n', Packed.TEXT, Packed.LONG);
            assertThat(counts.get("kept")).contains(3L);
            assertThat(counts.get("removed")).isEmpty();
            assertThat(counts.get("lost")).isEmpty();
        }
    }

    @Test
    void shouldVisitInOrderWhatBeginsWithAByte() {
        try (DiskShelf shelf = new DiskShelf(directory)) {
            List.of("b2", "a1", "b1", "c1").forEach(key -> shelf.put(key.getBytes(UTF_8), new byte[] {1}));
            shelf.commit();
            final List<String> visited = new ArrayList<>();
            shelf.forEach((byte) 'b', (key, value) -> visited.add(new String(key, UTF_8)));
            assertThat(visited).containsExactly("1", "2");
        }
    }
}
