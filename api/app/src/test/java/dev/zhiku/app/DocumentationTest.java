package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.zhiku.answering.answer.FailureCode;
import dev.zhiku.answering.answer.WarningCode;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.app.command.ZhikuCommand;
import dev.zhiku.app.config.ConfigLoader;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yaml.snakeyaml.Yaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the texts of the repository say is there, and what is there they say. */
class DocumentationTest {
  private static final Path ROOT = ServiceProcess.repository();
  private static final List<MarkdownFile> TEXTS = MarkdownFile.allBelow(ROOT);
  private static final MarkdownFile API = MarkdownFile.pagesOf(ROOT.resolve("api"));
  private static final List<Path> FILES =
      MarkdownFile.filesBelow(ROOT).stream().map(ROOT::relativize).toList();

  private static final int README_LINES = 250;
  private static final int README_COLUMNS = 120;

  private static final Pattern YAML_LEAF =
      Pattern.compile("( +)([a-z-]+):(?: +([^#]*\\S))?( +#.*)?");
  private static final Pattern COMMAND = Pattern.compile("\\./zhiku +([a-z]+)");
  private static final Pattern PACKAGE = Pattern.compile("dev\\.zhiku(\\.[a-z]+)+");
  private static final Pattern TYPE_NAME =
      Pattern.compile("([A-Z][a-z][A-Za-z0-9]*)(?:\\.([A-Za-z_]+))?(?:\\(.*\\))?");
  private static final Pattern FILE_NAME =
      Pattern.compile("[\\w./-]*\\w\\.(java|js|css|html|md|tsv|sh|ps1|py|mjs|yml|xml|sql)");

  private static final Pattern DECLARATION =
      Pattern.compile("\\b(?:class|record|interface|enum) (\\w+)");

  private static final Map<String, List<String>> SOURCES_OF_TYPES = sourcesOfTypes();

  /** Headers of HTTP, an operator of ONNX, and the files that users and the service make. */
  private static final Set<String> OF_OTHERS =
      Set.of(
          "Allow",
          "Forwarded",
          "Host",
          "Origin",
          "Range",
          "Via",
          "Gather",
          "zhiku.yml",
          "settings.yml",
          "sources.yml",
          "/etc/zhiku/zhiku.yml",
          "qrels.tsv");

  @Test
  void the_check_sees_the_readme_of_every_module() {
    assertThat(TEXTS)
        .extracting(text -> ROOT.relativize(text.path()).toString().replace('\\', '/'))
        .contains(
            "README.md",
            "CONTRIBUTING.md",
            "CHANGELOG.md",
            "index/README.md",
            "ingest/README.md",
            "api/README.md",
            "web/README.md",
            "samples/README.md",
            "api/docs/errors.md",
            "api/DECISIONS.md");
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "ingest", "api", "web", "samples"})
  void a_module_opens_with_what_it_may_depend_on(String module) {
    List<String> lines =
        MarkdownFile.read(ROOT.resolve(module).resolve("README.md")).text().lines().toList();

    assertThat(lines.getFirst()).startsWith("# " + module);
    assertThat(lines.get(2)).startsWith("**May depend on");
  }

  static List<MarkdownFile> readmes() {
    return TEXTS.stream()
        .filter(text -> String.valueOf(text.path().getFileName()).startsWith("README."))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("readmes")
  void a_readme_opens_with_a_picture_and_is_short(MarkdownFile readme) {
    assertThat(readme.opensWithPicture()).isTrue();
    assertThat(readme.text().lines()).hasSizeLessThanOrEqualTo(README_LINES);
    assertThat(readme.linesBeyond(README_COLUMNS)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "ingest", "api", "web", "samples"})
  void a_module_lists_each_page_beside_its_readme(String module) {
    Path folder = ROOT.resolve(module);
    MarkdownFile readme = MarkdownFile.read(folder.resolve("README.md"));
    List<String> pages =
        TEXTS.stream()
            .map(text -> slashed(folder.relativize(text.path())))
            .filter(page -> page.matches("docs/[^/]+|DECISIONS\\.md"))
            .toList();

    assertThat(pages).contains("DECISIONS.md");
    assertThat(readme.links().toList()).containsAll(pages);
  }

  @ParameterizedTest
  @ValueSource(strings = {"index", "ingest", "api", "web", "samples"})
  void the_decisions_of_a_module_are_in_the_order_of_their_dates(String module) {
    List<String> dates =
        MarkdownFile.read(ROOT.resolve(module).resolve("DECISIONS.md")).headings(2);

    assertThat(dates).isNotEmpty().isSorted().doesNotHaveDuplicates();
    assertThat(dates).allMatch(date -> date.matches("\\d{4}-\\d\\d-\\d\\d"));
  }

  @Test
  void every_key_of_the_configuration_has_a_default_with_a_comment() throws IOException {
    Set<String> commented = new TreeSet<>();
    List<String> groups = new ArrayList<>();
    for (String line : zhikuBlock()) {
      Matcher leaf = YAML_LEAF.matcher(line);
      assertThat(leaf.matches()).as(line).isTrue();
      int depth = leaf.group(1).length() / 2;
      groups.subList(depth - 1, groups.size()).clear();
      groups.add(leaf.group(2));
      if (leaf.group(3) != null) {
        assertThat(leaf.group(4)).as("comment of " + line).isNotNull();
        commented.add(String.join(".", groups));
      }
    }

    assertThat(commented).isEqualTo(ConfigLoader.keys());
  }

  private static List<String> zhikuBlock() throws IOException {
    return Files.readAllLines(ROOT.resolve("api/app/src/main/resources/defaults.yml")).stream()
        .dropWhile(line -> !line.equals("zhiku:"))
        .skip(1)
        .takeWhile(line -> line.startsWith(" "))
        .toList();
  }

  static Set<String> keys() {
    return ConfigLoader.keys();
  }

  @ParameterizedTest
  @MethodSource("keys")
  void every_key_of_the_configuration_is_in_a_page_of_api(String key) {
    assertThat(API.codeSpans()).contains(key);
  }

  static List<String> endpoints() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            DocumentationTest.class.getResourceAsStream("/META-INF/swagger/zhiku.yml"))) {
      Map<String, Map<String, Map<String, Object>>> description = new Yaml().load(in);
      return Objects.requireNonNull(description.get("paths")).entrySet().stream()
          .flatMap(
              path ->
                  path.getValue().keySet().stream()
                      .map(method -> method.toUpperCase(Locale.ROOT) + " " + path.getKey()))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("endpoints")
  void every_endpoint_is_in_a_page_of_api(String endpoint) {
    assertThat(API.codeSpans()).contains(endpoint);
  }

  static Stream<String> codes() {
    return Stream.of(
            Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName),
            Arrays.stream(CannotStart.Code.values()).map(CannotStart.Code::wireName),
            Arrays.stream(ReasonCode.values()).map(ReasonCode::wireName),
            Arrays.stream(WarningCode.values()).map(WarningCode::wireName),
            Arrays.stream(FailureCode.values()).map(FailureCode::wireName))
        .flatMap(names -> names);
  }

  @ParameterizedTest
  @MethodSource("codes")
  void every_code_is_in_a_text(String code) {
    assertThat(TEXTS).anyMatch(text -> text.codeSpans().anyMatch(code::equals));
  }

  @Test
  void every_command_and_option_is_in_a_page_of_api_and_no_text_names_another_command() {
    Set<String> commands = new TreeSet<>();
    Set<String> options = new TreeSet<>();
    for (JavaClass type : new ClassFileImporter().importPackagesOf(ZhikuCommand.class)) {
      type.tryGetAnnotationOfType(Command.class).ifPresent(c -> commands.add(c.name()));
      type.getFields().forEach(field -> options.addAll(names(field)));
    }
    commands.remove("zhiku");
    assertThat(commands).contains("serve");
    assertThat(options).contains("--lan");

    assertThat(named(API)).isEqualTo(commands);
    assertThat(TEXTS).allSatisfy(text -> assertThat(commands).containsAll(named(text)));
    String spans = API.codeSpans().collect(Collectors.joining("\n"));
    assertThat(options).allSatisfy(option -> assertThat(spans).contains(option));
  }

  private static List<String> names(JavaField field) {
    return field
        .tryGetAnnotationOfType(Option.class)
        .map(o -> List.of(o.names()))
        .orElse(List.of());
  }

  private static Set<String> named(MarkdownFile text) {
    return COMMAND
        .matcher(text.text())
        .results()
        .map(command -> command.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static List<MarkdownFile> texts() {
    return TEXTS;
  }

  @ParameterizedTest
  @MethodSource("texts")
  void every_link_leads_somewhere(MarkdownFile text) {
    assertThat(text.links().filter(link -> !link.matches("https?://.*")).toList())
        .allSatisfy(link -> follow(text, link));
  }

  private static void follow(MarkdownFile text, String link) {
    String[] parts = link.split("#", 2);
    Path target =
        parts[0].isEmpty() ? text.path() : text.path().resolveSibling(parts[0]).normalize();
    assertThat(target).exists();
    if (parts.length == 2) {
      assertThat(MarkdownFile.read(target).anchors()).contains(parts[1]);
    }
  }

  @ParameterizedTest
  @MethodSource("texts")
  void every_type_file_and_package_that_a_text_names_is_there(MarkdownFile text) {
    List<String> missing =
        text.codeSpans()
            .filter(Predicate.not(OF_OTHERS::contains))
            .filter(span -> isMissing(span, text))
            .distinct()
            .toList();

    assertThat(missing).isEmpty();
  }

  private static boolean isMissing(String span, MarkdownFile text) {
    Matcher type = TYPE_NAME.matcher(span);
    if (type.matches()) {
      return !hasType(type.group(1), type.group(2) == null ? "" : type.group(2));
    }
    if (PACKAGE.matcher(span).matches()) {
      String folder = "/java/" + span.replace('.', '/') + "/";
      return FILES.stream().noneMatch(file -> slashed(file).contains(folder));
    }
    return FILE_NAME.matcher(span).matches() && !hasFile(span, text);
  }

  private static boolean hasFile(String name, MarkdownFile text) {
    return Files.exists(text.path().resolveSibling(name))
        || FILES.stream().anyMatch(file -> ("/" + slashed(file)).endsWith("/" + name));
  }

  private static String slashed(Path path) {
    return path.toString().replace('\\', '/');
  }

  private static boolean hasType(String name, String member) {
    return SOURCES_OF_TYPES.getOrDefault(name, List.of()).stream()
        .anyMatch(source -> source.contains(member));
  }

  /** The files in which a type of a name is declared, for every name there is. */
  private static Map<String, List<String>> sourcesOfTypes() {
    Map<String, List<String>> sources = new TreeMap<>();
    FILES.stream()
        .filter(file -> slashed(file).matches(".*\\.(java|js)"))
        .map(file -> MarkdownFile.read(ROOT.resolve(file)).text())
        .forEach(
            source ->
                DECLARATION
                    .matcher(source)
                    .results()
                    .map(declared -> declared.group(1))
                    .distinct()
                    .forEach(
                        name -> sources.computeIfAbsent(name, n -> new ArrayList<>()).add(source)));
    return sources;
  }
}
