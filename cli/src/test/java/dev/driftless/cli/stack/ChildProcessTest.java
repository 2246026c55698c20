package dev.driftless.cli.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildProcessTest {
    @TempDir
    private Path directory;

    private ChildProcess child;

    @AfterEach
    void end() {
        child.close();
    }

    @Test
    void shouldRunShutdownHooksWhenItIsAskedToEnd() {
        child = start(Lasting.class, directory.toString());
        child.awaitAnswer(() -> Files.exists(directory.resolve("started")), Duration.ofSeconds(30));

        child.close();

        assertThat(child.isAlive()).isFalse();
        assertThat(directory.resolve("hook")).exists();
    }

    @Test
    void shouldNotRunShutdownHooksWhenItIsKilled() {
        child = start(Lasting.class, directory.toString());
        child.awaitAnswer(() -> Files.exists(directory.resolve("started")), Duration.ofSeconds(30));

        child.kill();

        assertThat(child.isAlive()).isFalse();
        assertThat(directory.resolve("hook")).doesNotExist();
    }

    @Test
    void shouldNotOutliveAParentThatIsKilled() throws IOException {
        child = start(Parent.class, directory.toString());
        final Path grandchild = directory.resolve("started");
        child.awaitAnswer(() -> Files.exists(grandchild) && !read(grandchild).isEmpty(), Duration.ofSeconds(60));
        final ProcessHandle survivor =
                ProcessHandle.of(Long.parseLong(read(grandchild))).orElseThrow();

        child.kill();

        await().atMost(Duration.ofSeconds(30)).until(() -> !survivor.isAlive());
    }

    @Test
    void shouldShowTheEndOfItsLogWhenItStopsBeforeItAnswers() {
        child = start(Failing.class);

        assertThatThrownBy(() -> child.awaitAnswer(() -> false, Duration.ofSeconds(30)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("the test stopped before it answered, with exit code 1")
                .hasMessageContaining("java.lang.NullPointerException: the reason");
    }

    @Test
    void shouldSayThatItHasNotAnsweredInTime() {
        child = start(Lasting.class, directory.toString());

        assertThatThrownBy(() -> child.awaitAnswer(() -> false, Duration.ofSeconds(1)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("the test has not answered for 1 seconds");
    }

    private ChildProcess start(final Class<?> main, final String... arguments) {
        return ChildProcess.start(spec(main, directory, arguments));
    }

    private static ChildSpec spec(final Class<?> main, final Path directory, final String... arguments) {
        return new ChildSpec(
                "test",
                ChildSpec.ownClassPath(),
                main.getName(),
                List.of("-Xmx64m"),
                Map.of(),
                List.of(arguments),
                directory,
                directory.resolve(main.getSimpleName() + ".log"));
    }

    private static String read(final Path file) {
        try {
            return Files.readString(file);
        } catch (final IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Runs until it is ended; writes its process id once it is set up, and a file from its shutdown hook. */
    public static final class Lasting {
        private Lasting() {}

        public static void main(final String[] arguments) throws IOException, InterruptedException {
            final Path directory = Path.of(arguments[0]);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Files.writeString(directory.resolve("hook"), "");
                } catch (final IOException failure) {
                    throw new UncheckedIOException(failure);
                }
            }));
            Files.writeString(
                    directory.resolve("started"),
                    Long.toString(ProcessHandle.current().pid()));
            new CountDownLatch(1).await();
        }
    }

    /** Starts a child of its own and runs until it is ended. */
    public static final class Parent {
        private Parent() {}

        public static void main(final String[] arguments) throws InterruptedException {
            try (ChildProcess child = ChildProcess.start(spec(Lasting.class, Path.of(arguments[0]), arguments))) {
                System.out.println("started " + child.pid());
                new CountDownLatch(1).await();
            }
        }
    }

    /** Fails at once. */
    public static final class Failing {
        private Failing() {}

        public static void main(final String[] arguments) {
            Objects.requireNonNull(System.getProperty("no.such.property"), "the reason");
        }
    }
}
