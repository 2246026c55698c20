package dev.driftless.cli.recount;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What shares code with the thing it checks shares its mistakes. */
@AnalyzeClasses(packages = "dev.driftless.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class IndependenceTest {
    @ArchTest
    static final ArchRule SHOULD_RECOUNT_WITHOUT_ANY_OTHER_CODE_OF_OURS = noClasses()
            .that()
            .resideInAPackage("dev.driftless.cli.recount..")
            .should()
            .dependOnClassesThat(
                    resideInAPackage("dev.driftless..").and(resideOutsideOfPackage("dev.driftless.cli.recount..")))
            .orShould()
            .dependOnClassesThat(resideInAPackage("io.confluent.."));
}
