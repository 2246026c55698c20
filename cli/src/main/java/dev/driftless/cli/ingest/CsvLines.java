package dev.driftless.cli.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.driftless.cli.CliException;
import dev.driftless.gateway.event.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/**
 * Comma-separated values as of RFC 4180 with a header. Columns are named for the fields that the HTTP gateway takes, and
 * {@code properties.NAME} for a property, or mapped to them. An empty cell of a property is no property; any other empty
 * cell is wrong: a missing quantity must not be counted as 1.
 */
final class CsvLines implements EventLines {
    private static final String PROPERTY = "properties.";
    private static final Set<String> FIELDS = Set.of(
            "customerId", "externalId", "feature", "featureCode", "value", "idempotencyKey", "eventId", "timestamp");

    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final Map<String, String> fieldOfColumn = new LinkedHashMap<>();

    /**
     * The records of some content.
     *
     * @param columnOfField columns that are not named for their field
     * @param ignored columns that are left out
     * @throws CliException if a column is no field, or a mapped one is not there
     */
    CsvLines(
            final InputStream content,
            final char delimiter,
            final Map<String, String> columnOfField,
            final Set<String> ignored)
            throws IOException {
        this.parser = parser(content, delimiter);
        this.records = parser.iterator();
        map(parser.getHeaderNames(), columnOfField, ignored);
    }

    private static CSVParser parser(final InputStream content, final char delimiter) throws IOException {
        try {
            return CSVFormat.RFC4180
                    .builder()
                    .setDelimiter(delimiter)
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setIgnoreEmptyLines(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                    .get()
                    .parse(new InputStreamReader(content, UTF_8));
        } catch (final IllegalArgumentException | CSVException e) {
            throw new CliException("the header must name each column, and each once: " + e.getMessage(), e);
        }
    }

    private void map(final List<String> columns, final Map<String, String> columnOfField, final Set<String> ignored) {
        columnOfField.forEach((field, column) -> {
            requireColumn(columns, column);
            requireField(field, column);
            fieldOfColumn.put(column, field);
        });
        for (final String column : columns) {
            final String name = column.startsWith("\uFEFF") ? column.substring(1) : column;
            if (!ignored.contains(name) && !fieldOfColumn.containsKey(column)) {
                requireField(name, column);
                fieldOfColumn.put(column, name);
            }
        }
    }

    private static void requireColumn(final List<String> columns, final String column) {
        if (!columns.contains(column)) {
            throw new CliException("--map: column '" + column + "' must be in the header: " + columns);
        }
    }

    private static void requireField(final String field, final String column) {
        if (!FIELDS.contains(field) && !field.startsWith(PROPERTY)) {
            throw new CliException("column '" + column + "' must be a field ("
                    + FIELDS.stream().sorted().collect(joining(", ")) + ") or a property (" + PROPERTY
                    + "NAME): map it with --map FIELD=" + column + ", or leave it out with --ignore " + column);
        }
    }

    @Override
    public Optional<EventLine> next() throws IOException {
        try {
            // The line on which the record starts: the parser stands at the end of the one before.
            final long number = parser.getCurrentLineNumber() + 1;
            return records.hasNext() ? Optional.of(line(number, records.next())) : Optional.empty();
        } catch (final UncheckedIOException | IllegalStateException e) {
            throw new IOException("line " + parser.getCurrentLineNumber() + ": " + e.getMessage(), e);
        }
    }

    private EventLine line(final long number, final CSVRecord record) {
        final String text = String.join(",", record.toList());
        if (!record.isConsistent()) {
            return EventLine.broken(
                    number,
                    text,
                    "the line has " + record.size() + " cells, and must have "
                            + parser.getHeaderNames().size() + ", as the header");
        }
        final ObjectNode event = Json.object();
        fieldOfColumn.forEach((column, field) -> put(event, field, record.get(column)));
        return EventLine.event(number, text, event);
    }

    private static void put(final ObjectNode event, final String field, final String cell) {
        if (!field.startsWith(PROPERTY)) {
            event.put(field, cell);
        } else if (!cell.isEmpty()) {
            event.withObjectProperty("properties").put(field.substring(PROPERTY.length()), cell);
        }
    }
}
