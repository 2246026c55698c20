package dev.driftless.gateway.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.luben.zstd.Zstd;
import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.CodecException;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZstdDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decompresses a body as it comes in. Compressed bytes are taken in small slices, so that a bomb can be given up before
 * it has grown: at most some megabytes are decompressed beyond what has been asked for. Used by one thread at a time.
 */
final class ChunkDecoder implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ChunkDecoder.class);
    /** A zstd block of 4 bytes can stand for 128 KiB. */
    private static final int SLICE = 256;

    private static final byte[] PROBE = "complete".getBytes(UTF_8);

    private final Optional<EmbeddedChannel> channel;
    private final byte[] compressedProbe;
    private byte[] fed = {};
    private int taken;

    private ChunkDecoder(final Optional<EmbeddedChannel> channel, final byte[] compressedProbe) {
        this.channel = channel;
        this.compressedProbe = compressedProbe;
    }

    /** @throws RefusedException if the encoding is not one that is read here */
    static ChunkDecoder of(final String contentEncoding) {
        return switch (contentEncoding == null ? "identity" : contentEncoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> new ChunkDecoder(Optional.empty(), PROBE);
            case "gzip", "x-gzip" -> decoding(new JdkZlibDecoder(true, 0), gzip(PROBE));
            case "zstd" -> decoding(new ZstdDecoder(), Zstd.compress(PROBE));
            default ->
                throw new RefusedException(Refusal.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding '" + contentEncoding + "' must be gzip or zstd, or not be set"));
        };
    }

    private static ChunkDecoder decoding(final ChannelHandler handler, final byte[] compressedProbe) {
        return new ChunkDecoder(Optional.of(new EmbeddedChannel(handler)), compressedProbe);
    }

    private static byte[] gzip(final byte[] text) {
        final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Adds bytes; all that was fed before must have been asked for. */
    void feed(final byte[] chunk) {
        fed = chunk;
        taken = 0;
    }

    /**
     * The next decompressed bytes of what was fed.
     *
     * @throws RefusedException if it is not compressed as the request says
     */
    Optional<byte[]> next() {
        return channel.map(this::decompress).orElseGet(this::asItIs);
    }

    private Optional<byte[]> asItIs() {
        final Optional<byte[]> rest = taken < fed.length ? Optional.of(fed) : Optional.empty();
        taken = fed.length;
        return rest;
    }

    private Optional<byte[]> decompress(final EmbeddedChannel decoder) {
        while (decoder.inboundMessages().isEmpty() && taken < fed.length) {
            final int end = Math.min(fed.length, taken + SLICE);
            write(decoder, Arrays.copyOfRange(fed, taken, end));
            taken = end;
        }
        final ByteBuf decompressed = decoder.readInbound();
        if (decompressed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(ByteBufUtil.getBytes(decompressed));
        } finally {
            decompressed.release();
        }
    }

    /**
     * Makes sure that nothing is missing, once all has come in and was asked for. The decoders do not tell a body that is
     * cut off from one that ends; but a further gzip member, or zstd frame, comes out as it went in only where the one
     * before it has ended.
     *
     * @throws RefusedException if the compressed bytes are cut off
     */
    void finish() {
        if (channel.isEmpty()) {
            return;
        }
        feed(compressedProbe);
        final ByteArrayOutputStream probe = new ByteArrayOutputStream();
        for (Optional<byte[]> next = next(); next.isPresent(); next = next()) {
            probe.writeBytes(next.get());
        }
        if (!Arrays.equals(probe.toByteArray(), PROBE)) {
            throw new RefusedException(Refusal.of(
                    ErrorCode.VALIDATION_ERROR, "the body is cut off: its compressed bytes end before their end"));
        }
    }

    private static void write(final EmbeddedChannel decoder, final byte[] slice) {
        try {
            decoder.writeInbound(Unpooled.wrappedBuffer(slice));
        } catch (final Exception e) {
            throw new RefusedException(Refusal.of(
                    ErrorCode.VALIDATION_ERROR, "the body cannot be decompressed as its Content-Encoding says: " + e));
        }
    }

    @Override
    public void close() {
        channel.ifPresent(ChunkDecoder::release);
    }

    private static void release(final EmbeddedChannel decoder) {
        try {
            decoder.finishAndReleaseAll();
        } catch (final CodecException e) {
            LOG.debug("the rest of a body that is not read to its end cannot be decompressed", e);
        }
    }
}
