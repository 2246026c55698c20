package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Spoils texts: cuts, doubles and swaps pieces, flips bits, and puts in what is known to hurt readers. */
final class TextFuzz {
    private static final List<String> HURTING = List.of(
            "1e999999",
            "-1e-999999",
            "1E+2147483648",
            "9".repeat(1_000),
            "0." + "0".repeat(500) + "1",
            "NaN",
            ".nan",
            "-.inf",
            "0x7fffffffffffffffff",
            "-0",
            "9223372036854775808",
            "true",
            "null",
            "~",
            "\"\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\u202e\u2066",
            "\u0000\u0007\u001b[31m",
            "\ufeff",
            "\ud83d\ude00",
            "[".repeat(300),
            "{\"a\":".repeat(300),
            "- ".repeat(300),
            "&a [*a, *a]",
            "&a {x: &b [1], y: *b, <<: *a}",
            "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n",
            "!!java.lang.ProcessBuilder [x]",
            "!!binary AAAA",
            "? [a]\n: b\n",
            "<<: *none",
            "%YAML 9.9\n---\n",
            "---\n...\n---\n",
            "\t",
            "\r",
            "\n",
            "\"",
            "'",
            ",",
            ":",
            "{",
            "}",
            "]",
            "2026-02-30T25:61:61Z",
            "+999999999-12-31T23:59:59Z",
            "-1000000000-01-01T00:00:00Z",
            "${env:PATH}",
            "x".repeat(5_000));

    private TextFuzz() {}

    /** One of some texts, spoiled in one to four places. */
    static byte[] spoiled(final SplittableRandom random, final List<String> texts) {
        byte[] bytes = texts.get(random.nextInt(texts.size())).getBytes(UTF_8);
        for (int change = random.nextInt(1, 5); change > 0; change--) {
            bytes = changed(random, bytes);
        }
        return bytes;
    }

    private static byte[] changed(final SplittableRandom random, final byte[] bytes) {
        final int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        final int until = Math.min(bytes.length, from + random.nextInt(1, 30));
        final byte[] piece = Arrays.copyOfRange(bytes, from, until);
        final byte[] hurting = HURTING.get(random.nextInt(HURTING.size())).getBytes(UTF_8);
        return switch (random.nextInt(8)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> spliced(bytes, from, until, new byte[0]);
            case 2 -> spliced(bytes, from, from, piece);
            case 3 -> flipped(random, bytes, from);
            case 4 -> spliced(bytes, from, until, hurting);
            case 5 -> valueReplaced(bytes, from, hurting);
            default -> spliced(bytes, from, from, hurting);
        };
    }

    /** What stands between the next colon and the end of its line or item is replaced. */
    private static byte[] valueReplaced(final byte[] bytes, final int from, final byte[] value) {
        int start = from;
        while (start < bytes.length && bytes[start] != ':') {
            start++;
        }
        start = Math.min(bytes.length, start + 1);
        int end = start;
        while (end < bytes.length && bytes[end] != '\n' && bytes[end] != ',' && bytes[end] != '}') {
            end++;
        }
        return spliced(spliced(bytes, start, end, value), start, start, new byte[] {' '});
    }

    private static byte[] flipped(final SplittableRandom random, final byte[] bytes, final int at) {
        final byte[] flipped = bytes.clone();
        if (flipped.length > 0) {
            flipped[at] ^= (byte) (1 << random.nextInt(8));
        }
        return flipped;
    }

    private static byte[] spliced(final byte[] bytes, final int from, final int until, final byte[] inserted) {
        final byte[] spliced = Arrays.copyOf(bytes, bytes.length - (until - from) + inserted.length);
        System.arraycopy(inserted, 0, spliced, from, inserted.length);
        System.arraycopy(bytes, until, spliced, from + inserted.length, bytes.length - until);
        return spliced;
    }
}
