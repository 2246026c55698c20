package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.topology.CaseBook.Case;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each case of docs/cases.md: the document is the test data. */
class CasesTest {
    private static final Path PAGE = Path.of("..", "docs", "cases.md");
    private static final CaseBook BOOK = CaseBook.read(PAGE);

    @TestFactory
    Stream<DynamicTest> shouldComeOutAsTheCaseSays() {
        return BOOK.cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.section() + ": " + each.name() + " (cases.md:" + each.line() + ")", () -> play(each)));
    }

    @Test
    void shouldHaveAtLeastSixtyCasesEachWithANameOfItsOwn() {
        assertThat(BOOK.cases()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(BOOK.cases()).extracting(Case::name).doesNotHaveDuplicates();
        assertThat(BOOK.cases()).extracting(Case::lines).noneMatch(lines -> lines.stream()
                .noneMatch(line -> line.startsWith("=")));
    }

    private static void play(final Case each) {
        try (CaseRun run = new CaseRun(BOOK, each)) {
            run.play();
        }
    }
}
