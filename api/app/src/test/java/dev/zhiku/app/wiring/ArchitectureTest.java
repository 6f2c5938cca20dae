package dev.zhiku.app.wiring;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The boundaries that the module READMEs state in prose. */
class ArchitectureTest {
  private static final int FEWEST_CLASSES = 150;
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
    for (String module : List.of("index", "ingest", "api")) {
      assertThat(classes)
          .as("classes of " + module)
          .anyMatch(c -> c.getPackageName().startsWith("dev.zhiku." + module));
    }
  }

  @Test
  void index_knows_neither_ingest_nor_api_nor_a_framework() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.zhiku.index..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "dev.zhiku.ingest..",
                "dev.zhiku.api..",
                "io.micronaut..",
                "org.apache.tika..",
                "java.sql.."));
  }

  @Test
  void ingest_knows_neither_api_nor_http() {
    check(
        noClasses()
            .that()
            .resideInAPackage("dev.zhiku.ingest..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.zhiku.api..",
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
    "io.micronaut.data.., dev.zhiku..jdbc..",
    "org.flywaydb.., dev.zhiku..jdbc..",
    "picocli.., dev.zhiku.api.command..",
    "dev.langchain4j.., dev.zhiku.api.backend..",
    "de.kherud.., dev.zhiku.api.backend.llamacpp..",
    "com.knuddels.., dev.zhiku.api.backend.dialogue..",
  })
  void a_library_is_met_in_one_place(String library, String place) {
    check(
        noClasses()
            .that(resideInAPackage("dev.zhiku..").and(not(resideInAnyPackage(place))))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(library));
  }

  /** What of the package {@code answer} belongs to {@code POST /query}, or reads the catalogue. */
  private static final String AT_THE_DOOR =
      "dev\\.zhiku\\.api\\.answer\\.\\$?(AnswerController|AnswerRuns?|FailedAnswer|QueryEvent"
          + "|QueryResponse|QuestionBody|QuestionReader|RunningAnswer|SourceWarnings|WireMapping)"
          + "(\\$.*)?";

  /** What of other packages the answers are told in, also in arrays: scopes, places, refusals. */
  private static final String SHARED_WORDS =
      "(\\[L)?dev\\.zhiku\\.api\\.(access\\.Scope|documents\\.Places"
          + "|http\\.(Problem|ProblemCode|ProblemText|Phrase|NearestName))(\\$.*)?;?";

  @Test
  void what_answers_knows_neither_http_nor_json_nor_who_writes_nor_the_catalogue() {
    check(
        classes()
            .that(
                resideInAnyPackage("dev.zhiku.api.answer", "dev.zhiku.api.search")
                    .and(not(nameMatching(AT_THE_DOOR)))
                    .or(nameMatching(SHARED_WORDS)))
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(
                        "java..",
                        "org.slf4j..",
                        "org.jspecify..",
                        "com.ibm.icu..",
                        "dev.zhiku.index..",
                        "dev.zhiku.api.answer",
                        "dev.zhiku.api.search")
                    .and(not(resideInAnyPackage("java.net.http..", "java.sql..")))
                    .and(not(nameMatching(AT_THE_DOOR)))
                    .or(nameMatching(SHARED_WORDS))));
  }

  /** What comes with the program is read through a URL too: of the class path, not of a network. */
  @Test
  void only_the_egress_package_opens_connections() {
    check(
        noClasses()
            .that(
                resideInAPackage("dev.zhiku..")
                    .and(not(resideInAPackage("dev.zhiku.api.egress")))
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

  /** Every package is a slice, a module's root package and each nested one too. */
  @ParameterizedTest
  @ValueSource(strings = {"ingest", "api"})
  void the_packages_of_a_module_are_free_of_cycles(String module) {
    assertThat(packagesOf(module)).as("packages of " + module).hasSizeGreaterThan(1);
    check(slices().assignedFrom(new EachPackage(module)).should().beFreeOfCycles());
  }

  /** Its root package and {@code embedding} still use each other; the root is in no slice here. */
  @Test
  void the_packages_below_the_root_of_index_are_free_of_cycles() {
    assertThat(packagesOf("index")).hasSizeGreaterThan(1);
    check(slices().matching("dev.zhiku.index.(*)..").should().beFreeOfCycles());
  }

  private static Set<String> packagesOf(String module) {
    return classes.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> isOf(module, name))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean isOf(String module, String packageName) {
    return (packageName + ".").startsWith("dev.zhiku." + module + ".");
  }

  /** Slices of one module, a package each; classes of other modules are in none. */
  private record EachPackage(String module) implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      String name = type.getPackageName();
      return isOf(module, name) ? SliceIdentifier.of(name) : SliceIdentifier.ignore();
    }

    @Override
    public String getDescription() {
      return "each package of " + module;
    }
  }

  /** Here the root package, with the vocabulary, is a slice like the others. */
  @Test
  void the_packages_of_index_and_their_root_are_free_of_cycles() {
    check(slices().assignedFrom(packagesBelow("dev.zhiku.index")).should().beFreeOfCycles());
  }

  private static SliceAssignment packagesBelow(String root) {
    return new SliceAssignment() {
      @Override
      public SliceIdentifier getIdentifierOf(JavaClass type) {
        String name = type.getPackageName();
        return name.equals(root) || name.startsWith(root + ".")
            ? SliceIdentifier.of(name)
            : SliceIdentifier.ignore();
      }

      @Override
      public String getDescription() {
        return "packages of " + root;
      }
    };
  }

  @Test
  void core_of_the_index_knows_neither_its_engine_nor_the_models() {
    check(
        noClasses()
            .that()
            .resideInAnyPackage(
                "dev.zhiku.index",
                "dev.zhiku.index.words..",
                "dev.zhiku.index.ranking..",
                "dev.zhiku.index.embedding..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("dev.zhiku.index.lucene..", "dev.zhiku.index.onnx..", "org.slf4j.."));
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
