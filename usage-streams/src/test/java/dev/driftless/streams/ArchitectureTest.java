package dev.driftless.streams;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.Processor;

/** The lines between the parts of the application. */
@AnalyzeClasses(packages = "dev.driftless.streams", importOptions = DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String DOMAIN = "dev.driftless.streams.domain..";
    private static final String TOPOLOGY = "dev.driftless.streams.topology..";
    private static final String APP = "dev.driftless.streams.app..";
    private static final String PROVISIONING = "dev.driftless.streams.provisioning..";

    /** Of the schemas it may use the generated enums and the field rules: the words of the contract. */
    @ArchTest
    static final ArchRule theDomainShouldKnowNothingOfKafkaNorOfAvro = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.apache.kafka..", "org.apache.avro..", "io.confluent..")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(SpecificRecord.class)
            .as("The domain should know nothing of Kafka nor of Avro");

    @ArchTest
    static final ArchRule theDomainShouldKnowNothingOfTheRest = noClasses()
            .that()
            .resideInAPackage(DOMAIN)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(TOPOLOGY, APP, PROVISIONING)
            .as("The domain should know nothing of what is built on it");

    @ArchTest
    static final ArchRule theTopologyShouldKnowNothingOfTheApplication = noClasses()
            .that()
            .resideInAPackage(TOPOLOGY)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(APP, PROVISIONING)
            .as("The topology should know nothing of the application around it");

    @ArchTest
    static final ArchRule packagesShouldBeFreeOfCycles =
            slices().matching("dev.driftless.streams.(**)").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule staticStateShouldNotChange =
            fields().that().areStatic().should().beFinal().as("Static fields should be final");

    @ArchTest
    static final ArchRule processorsShouldBeSeenByTheTopologyAlone =
            classes().that().implement(Processor.class).should().notBePublic();
}
