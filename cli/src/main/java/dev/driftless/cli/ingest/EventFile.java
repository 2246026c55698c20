package dev.driftless.cli.ingest;

import com.github.luben.zstd.ZstdInputStream;
import dev.driftless.cli.CliException;
import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;

/** A file of events, compressed or not, as its suffix says. */
record EventFile(Path path) {
    /** Length in bytes, compressed. */
    long length() {
        try {
            return Files.size(path);
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    /** SHA-256 of what is in it, decompressed, in hex: the same for a file and its compressed copy. */
    String digest() {
        try (InputStream content =
                new DigestInputStream(open(new AtomicLong()), MessageDigest.getInstance("SHA-256"))) {
            content.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(((DigestInputStream) content).getMessageDigest().digest());
        } catch (final IOException e) {
            throw unreadable(e);
        } catch (final NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Its content, decompressed.
     *
     * @param read is kept at the number of bytes of the file that were read
     */
    InputStream open(final AtomicLong read) throws IOException {
        return decompressed(new CountingStream(Files.newInputStream(path), read), name());
    }

    /** A stream as the suffix of a name says. */
    static InputStream decompressed(final InputStream raw, final String name) throws IOException {
        final InputStream buffered = new BufferedInputStream(raw, 1 << 16);
        if (name.endsWith(".gz")) {
            return new BufferedInputStream(new GZIPInputStream(buffered, 1 << 16), 1 << 16);
        }
        if (name.endsWith(".zst") || name.endsWith(".zstd")) {
            return new BufferedInputStream(new ZstdInputStream(buffered), 1 << 16);
        }
        return buffered;
    }

    boolean isCsv() {
        return name().replaceFirst("\\.(gz|zst|zstd)$", "").endsWith(".csv");
    }

    /** A file beside this one, for what belongs to it. */
    Path beside(final String suffix) {
        return path.resolveSibling(path.getFileName() + suffix);
    }

    private String name() {
        return path.getFileName().toString().toLowerCase(Locale.ROOT);
    }

    private CliException unreadable(final IOException failure) {
        return new CliException("cannot read " + path + ": " + failure, failure);
    }

    /** Counts what is read. */
    private static final class CountingStream extends FilterInputStream {
        private final AtomicLong count;

        CountingStream(final InputStream in, final AtomicLong count) {
            super(in);
            this.count = count;
        }

        @Override
        public int read() throws IOException {
            final int value = super.read();
            if (value >= 0) {
                count.incrementAndGet();
            }
            return value;
        }

        @Override
        public int read(final byte[] buffer, final int offset, final int length) throws IOException {
            final int bytes = super.read(buffer, offset, length);
            if (bytes > 0) {
                count.addAndGet(bytes);
            }
            return bytes;
        }
    }
}
