package dev.driftless.cli.stack;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/** The directory that holds all that a stack keeps. One stack at a time may use it, also across processes. */
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(final Path root, final FileChannel lock) {
        this.root = requireNonNull(root);
        this.lock = requireNonNull(lock);
    }

    /** @throws StackException if the directory cannot be written or another stack uses it */
    static DataDirectory open(final Path path) {
        final Path root = path.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            return new DataDirectory(root, locked(root));
        } catch (final IOException failure) {
            throw new StackException("data directory " + root + " cannot be used: " + failure.getMessage(), failure);
        }
    }

    private static FileChannel locked(final Path root) throws IOException {
        final FileChannel channel =
                FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (final OverlappingFileLockException ours) {
            channel.close();
            throw new StackException("data directory " + root + " is in use by this process", ours);
        }
        channel.close();
        throw new StackException("data directory " + root
                + " is in use by another driftless: stop that one, or choose another directory with --data-dir");
    }

    Path root() {
        return root;
    }

    /** Path of a part's own directory, which that part creates. */
    Path directory(final String part) {
        return root.resolve(part);
    }

    /** Path of a part's log file. */
    Path log(final String part) {
        return root.resolve("logs").resolve(part + ".log");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (final IOException failure) {
            throw new StackException("cannot release data directory " + root, failure);
        }
    }

    /** Deletes the directory with all that is in it. Safe to repeat. */
    void delete() {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            files.sorted(Comparator.reverseOrder()).forEach(DataDirectory::deleteOne);
        } catch (final IOException | UncheckedIOException failure) {
            throw new StackException("cannot delete " + root + ": " + failure.getMessage(), failure);
        }
    }

    private static void deleteOne(final Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (final IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
