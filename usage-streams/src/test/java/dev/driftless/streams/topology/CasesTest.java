package dev.driftless.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.driftless.streams.topology.CaseBook.Case;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Each case of docs/cases.md, and the month that is worked out by hand: the pages are the test data. */
class CasesTest {
    private static final Path PAGES = Path.of("..", "docs");

    @TestFactory
    Stream<DynamicTest> shouldComeOutAsTheCaseSays() {
        return each(CaseBook.read(PAGES.resolve("cases.md")));
    }

    @TestFactory
    Stream<DynamicTest> shouldComeOutAsWorkedOutByHand() {
        return each(CaseBook.read(PAGES.resolve("two-customers-one-month.md")));
    }

    @Test
    void shouldHaveAtLeastSixtyCasesEachWithANameAndAnAggregate() {
        final CaseBook book = CaseBook.read(PAGES.resolve("cases.md"));

        assertThat(book.cases()).hasSizeGreaterThanOrEqualTo(60);
        assertThat(book.cases()).extracting(Case::name).doesNotHaveDuplicates();
        assertThat(book.cases()).allSatisfy(each -> assertThat(each.lines()).anyMatch(line -> line.startsWith("= ")));
    }

    private static Stream<DynamicTest> each(final CaseBook book) {
        return book.cases().stream()
                .map(each -> DynamicTest.dynamicTest(
                        each.section() + ": " + each.name() + " (line " + each.line() + ")", () -> play(book, each)));
    }

    private static void play(final CaseBook book, final Case each) {
        try (CaseRun run = new CaseRun(book, each)) {
            run.play();
        }
    }
}
