package dev.driftless.gateway.http;

import dev.driftless.gateway.event.ErrorCode;
import dev.driftless.gateway.event.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.compression.JdkZlibDecoder;
import io.netty.handler.codec.compression.ZstdDecoder;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Decompresses a body as it comes in. Compressed bytes are taken in small slices, so that a bomb can be given up before
 * it has grown: at most some megabytes are decompressed beyond what has been asked for. Used by one thread at a time.
 */
final class ChunkDecoder implements AutoCloseable {
    /** A zstd block of 4 bytes can stand for 128 KiB. */
    private static final int SLICE = 256;

    private final Optional<EmbeddedChannel> channel;
    private byte[] fed = {};
    private int taken;

    private ChunkDecoder(final Optional<EmbeddedChannel> channel) {
        this.channel = channel;
    }

    /** @throws RefusedException if the encoding is not one that is read here */
    static ChunkDecoder of(final String contentEncoding) {
        return switch (contentEncoding == null ? "identity" : contentEncoding.toLowerCase(Locale.ROOT)) {
            case "identity", "" -> new ChunkDecoder(Optional.empty());
            case "gzip", "x-gzip" -> decoding(new JdkZlibDecoder(true, 0));
            case "zstd" -> decoding(new ZstdDecoder());
            default ->
                throw new RefusedException(Refusal.of(
                        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
                        "Content-Encoding '" + contentEncoding + "' must be gzip or zstd, or not be set"));
        };
    }

    private static ChunkDecoder decoding(final ChannelHandler handler) {
        return new ChunkDecoder(Optional.of(new EmbeddedChannel(handler)));
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
        channel.ifPresent(EmbeddedChannel::finishAndReleaseAll);
    }
}
