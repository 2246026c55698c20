package dev.driftless.streams.topology;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The cases of a Markdown page. A heading of level 2 opens a section, one of level 3 a case. Of the fenced blocks, those
 * named catalog hold the features that every case has, the others the lines of a case.
 */
record CaseBook(List<String> catalog, List<Case> cases) {
    /**
     * One case.
     *
     * @param section heading of its section
     * @param name its own heading
     * @param line where its block starts, counted from 1
     * @param lines the lines of its block, blank ones and comments left out
     */
    record Case(String section, String name, int line, List<String> lines) {}

    static CaseBook read(final Path page) {
        final List<String> text;
        try {
            text = Files.readAllLines(page);
        } catch (final IOException e) {
            throw new UncheckedIOException(e);
        }
        final List<String> catalog = new ArrayList<>();
        final List<Case> cases = new ArrayList<>();
        String section = "";
        String name = "";
        for (int i = 0; i < text.size(); i++) {
            final String line = text.get(i);
            if (line.startsWith("## ")) {
                section = line.substring(3);
            } else if (line.startsWith("### ")) {
                name = line.substring(4);
            } else if (line.equals("```catalog")) {
                catalog.addAll(block(text, i));
            } else if (line.equals("```case")) {
                cases.add(new Case(section, name, i + 1, block(text, i)));
            }
        }
        return new CaseBook(List.copyOf(catalog), List.copyOf(cases));
    }

    /** The words of a line. */
    static List<String> words(final String line) {
        return Arrays.asList(line.strip().split("\\s+"));
    }

    private static List<String> block(final List<String> text, final int fence) {
        return text.subList(fence + 1, text.size()).stream()
                .takeWhile(line -> !line.startsWith("```"))
                .map(line -> line.contains(" -- ") ? line.substring(0, line.indexOf(" -- ")) : line)
                .filter(line -> !line.isBlank())
                .toList();
    }
}
