package dev.driftless.cli.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The images of this checkout, built as a user builds them. */
public final class Images {
    private static final long MINUTES = 5;

    private Images() {}

    /** Builds a target of the Dockerfile from the jars that Maven has just built, and gives the image's name. */
    public static String build(final String target) throws IOException, InterruptedException {
        final String name = "driftless/" + target + ":test";
        final Path log = Files.createTempFile("driftless-image", ".log");
        final Process docker = new ProcessBuilder("docker", "build", "--target", target, "--tag", name, ".")
                .directory(root().toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        final boolean ended = docker.waitFor(MINUTES, TimeUnit.MINUTES);
        if (!ended) {
            docker.destroyForcibly();
        }
        assertThat(ended && docker.exitValue() == 0)
                .as(() -> "docker build of " + target + ":\n" + content(log))
                .isTrue();
        Files.delete(log);
        return name;
    }

    private static Path root() {
        final Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("Dockerfile")) ? here : here.getParent();
    }

    private static String content(final Path log) {
        try {
            return Files.readString(log);
        } catch (final IOException e) {
            return e.toString();
        }
    }
}
