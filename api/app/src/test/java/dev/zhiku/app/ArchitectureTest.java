package dev.zhiku.app;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.ObjectInputStream;
import java.net.Socket;
import java.net.URL;
import java.net.http.HttpClient;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

/** The boundaries that the module READMEs state in prose. */
class ArchitectureTest {
  private static final int FEWEST_CLASSES = 800;

  /** First parts of package names below {@code dev.zhiku}; each belongs to one module. */
  private static final List<String> MODULES =
      List.of("index", "ingest", "answering", "generators", "server", "app");

  private static JavaClasses classes = new ClassFileImporter().importClasses();

  @BeforeAll
  static void read_the_classes_of_every_module() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .withImportOption(location -> !location.contains("-tests.jar"))
            .importPackages("dev.zhiku");
  }

  @Test
  void the_check_sees_enough_classes_of_each_module_to_mean_anything() {
    assertThat(classes.size()).isGreaterThan(FEWEST_CLASSES);
    for (String module : MODULES) {
      assertThat(classes)
          .as("classes of " + module)
          .anyMatch(c -> c.getPackageName().startsWith("dev.zhiku." + module));
    }
  }

  @Test
  void index_knows_no_other_module_and_no_framework() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.zhiku.index..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.zhiku.ingest..",
                "dev.zhiku.answering..",
                "dev.zhiku.generators..",
                "dev.zhiku.server..",
                "dev.zhiku.app..",
                "io.micronaut..",
                "org.apache.tika..",
                "java.sql.."));
  }

  @Test
  void ingest_knows_neither_answers_nor_http_nor_an_index_engine() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.zhiku.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.zhiku.answering..",
                "dev.zhiku.generators..",
                "dev.zhiku.server..",
                "dev.zhiku.app..",
                "dev.zhiku.index.lucene..",
                "dev.zhiku.index.onnx..",
                "io.micronaut.http..",
                "org.apache.lucene.."));
  }

  @ParameterizedTest
  @CsvSource({
    "org.apache.lucene.., dev.zhiku.index.lucene..",
    "ai.onnxruntime.., dev.zhiku.index.onnx..",
    "ai.djl.., dev.zhiku.index.onnx..",
    "org.apache.tika.., dev.zhiku.ingest.extract.tika..",
    "org.commonmark.., dev.zhiku.ingest.extract.markdown..",
    "org.apache.commons.csv.., dev.zhiku.ingest.extract.text..",
    "io.micronaut.data.., dev.zhiku..jdbc..",
    "org.flywaydb.., dev.zhiku..jdbc..",
    "picocli.., dev.zhiku.app.command..",
    "com.google.zxing.., dev.zhiku.app.command..",
    "dev.langchain4j.., dev.zhiku.generators..",
    "de.kherud.., dev.zhiku.generators.llamacpp..",
    "org.yaml.., dev.zhiku.app.config..",
    "org.apache.commons.fileupload.., dev.zhiku.server.documents..",
    "io.micrometer.., dev.zhiku.server.status..",
    "com.fasterxml.jackson.databind.., dev.zhiku.generators..",
    "com.knuddels.., dev.zhiku.generators.dialogue..",
  })
  void a_library_is_met_in_one_place(String library, String place) {
    check(
        noClasses()
            .that(resideInAPackage("dev.zhiku..").and(not(resideInAnyPackage(place))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  @Test
  void what_answers_knows_the_index_and_nothing_of_how_it_is_asked_or_who_writes() {
    check(
        classes()
            .that()
            .resideInAPackage("dev.zhiku.answering..")
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.ibm.icu..",
                        "dev.zhiku.index..",
                        "dev.zhiku.answering..")
                    .and(not(resideInAnyPackage("java.net.http..", "java.sql..")))
                    .or(resideInAnyPackage(""))));
  }

  @Test
  void generators_know_no_server_and_no_configuration_files() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.zhiku.generators..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.zhiku.server..", "dev.zhiku.app..", "io.micronaut.."));
  }

  @Test
  void only_the_server_speaks_http_to_clients() {
    check(
        noClasses()
            .that(
                resideInAPackage("dev.zhiku..")
                    .and(not(resideInAnyPackage("dev.zhiku.server..", "dev.zhiku.app.wiring.."))))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.micronaut.http..", "io.netty.."));
  }

  /** What comes with the program is read through a URL too: of the class path, not of a network. */
  @Test
  void only_the_egress_package_opens_connections() {
    check(
        noClasses()
            .that(
                resideInAPackage("dev.zhiku..")
                    .and(not(resideInAPackage("dev.zhiku.generators.egress")))
                    .and(not(simpleName("NativeLibraries"))))
            .should()
            .callMethod(HttpClient.class, "newHttpClient")
            .orShould()
            .callMethod(HttpClient.class, "newBuilder")
            .orShould()
            .callMethod(URL.class, "openConnection")
            .orShould()
            .callMethod(URL.class, "openStream")
            .orShould()
            .dependOnClassesThat()
            .areAssignableTo(Socket.class));
  }

  @Test
  void nothing_deserialises_java_objects() {
    check(noClasses().should().dependOnClassesThat().areAssignableTo(ObjectInputStream.class));
  }

  /** Every package is a slice, the root package of a module and each nested one too. */
  @ParameterizedTest
  @FieldSource("MODULES")
  void the_packages_of_a_module_are_free_of_cycles(String module) {
    assertThat(packagesBelow("dev.zhiku." + module)).hasSizeGreaterThan(3);
    check(slices().assignedFrom(new EachPackage("dev.zhiku." + module)).should().beFreeOfCycles());
  }

  @Test
  void all_packages_together_are_free_of_cycles() {
    check(slices().assignedFrom(new EachPackage("dev.zhiku")).should().beFreeOfCycles());
  }

  private static Set<String> packagesBelow(String root) {
    return classes.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> isBelow(root, name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isBelow(String root, String packageName) {
    return (packageName + ".").startsWith(root + ".");
  }

  /** Slices of one package each, below a root; other classes are in none. */
  private record EachPackage(String root) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return isBelow(root, name) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each package below " + root;
    }
  }

  @Test
  void core_of_the_index_knows_neither_its_engine_nor_the_models() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.zhiku.index",
                "dev.zhiku.index.words..",
                "dev.zhiku.index.message..",
                "dev.zhiku.index.file..",
                "dev.zhiku.index.ranking..",
                "dev.zhiku.index.embedding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.zhiku.index.lucene..", "dev.zhiku.index.onnx..", "org.slf4j.."));
  }

  @Test
  void there_is_no_package_for_leftovers() {
    check(
        classes()
            .should()
            .resideOutsideOfPackages(
                "..util..", "..common..", "..helper..", "..impl..", "..dto..", "..misc.."));
  }

  @Test
  void every_package_is_null_marked() {
    Set<String> unmarked =
        classes.stream()
            .map(JavaClass::getPackage)
            .filter(p -> p.getName().startsWith("dev.zhiku"))
            .filter(p -> !p.isAnnotatedWith(NullMarked.class))
            .map(p -> p.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(unmarked).isEmpty();
  }

  private static void check(ArchRule rule) {
    rule.allowEmptyShould(false).check(classes);
  }
}
