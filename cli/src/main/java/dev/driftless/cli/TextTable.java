package dev.driftless.cli;

import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A table of text, its columns as wide as what is in them. */
public final class TextTable {
    private static final String GAP = "  ";

    private final List<String> header;
    private final Set<Integer> rightAligned;

    /**
     * An empty table.
     *
     * @param header the columns' names
     * @param rightAligned indices of the columns that hold numbers
     */
    public TextTable(final List<String> header, final Set<Integer> rightAligned) {
        this.header = List.copyOf(header);
        this.rightAligned = Set.copyOf(rightAligned);
    }

    /** The lines of a table with these rows, header and rule included; each row has as many cells as the header. */
    public List<String> lines(final List<List<String>> rows) {
        final int[] widths = IntStream.range(0, header.size())
                .map(column -> Stream.concat(Stream.of(header), rows.stream())
                        .mapToInt(row -> width(row.get(column)))
                        .max()
                        .orElse(0))
                .toArray();
        final List<String> rule = IntStream.of(widths).mapToObj("-"::repeat).toList();
        return Stream.concat(Stream.of(header, rule), rows.stream())
                .map(row -> line(row, widths))
                .toList();
    }

    private String line(final List<String> row, final int[] widths) {
        final StringBuilder line = new StringBuilder();
        for (int column = 0; column < widths.length; column++) {
            final String cell = row.get(column);
            final String padding = " ".repeat(widths[column] - width(cell));
            line.append(column == 0 ? "" : GAP).append(rightAligned.contains(column) ? padding + cell : cell + padding);
        }
        return line.toString().stripTrailing();
    }

    private static int width(final String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
