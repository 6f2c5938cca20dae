package dev.zhiku.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.zhiku.generators.testing.SilentPort;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Runs every example as a reader of the README would, in a process of its own; one whose tool is
 * missing is skipped and says so.
 */
@Tag("long")
class ExamplesIT {
  private static Path folder;
  private static RunningService service;

  @BeforeAll
  static void start(@TempDir Path temporary) throws Exception {
    folder = temporary;
    compileForJava8();
    service =
        RunningService.start(
            Files.createDirectory(temporary.resolve("home")), List.of("hospital", "it"));
  }

  @AfterAll
  static void stop() {
    service.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_chinese_question_is_answered_and_cited(ExampleProgram program) throws Exception {
    Outcome outcome = run(program, service.baseUrl(), "重症监护病房的手卫生依从率目标是多少？");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("重症监护病房不低于 92%", "hospital/手卫生管理规定.html", "/documents/d_");
  }

  @ParameterizedTest
  @EnumSource
  void quotes_backslashes_tabs_and_line_breaks_arrive_as_they_are(ExampleProgram program)
      throws Exception {
    Outcome outcome =
        run(
            program,
            service.baseUrl(),
            "What does \"TB-507\" mean\\is meant\tby the\nremote access guide?");
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out())
        .contains("no free address at the gateway", "it/remote-access-guide.html");
  }

  @ParameterizedTest
  @EnumSource
  void a_question_without_evidence_is_no_failure_and_cites_nothing(ExampleProgram program)
      throws Exception {
    Outcome outcome = run(program, service.baseUrl(), "Who painted the Mona Lisa?");
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).isNotBlank().doesNotContain("[1]");
  }

  @ParameterizedTest
  @EnumSource
  void a_refusal_shows_code_detail_and_remedy_and_exits_with_1(ExampleProgram program)
      throws Exception {
    Outcome outcome = run(program, service.baseUrl(), "");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains(program.codeOfEmptyQuestion());
    assertThat(outcome.err().strip().lines()).hasSizeGreaterThanOrEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void a_service_that_is_not_running_is_named_and_exits_with_1(ExampleProgram program)
      throws Exception {
    try (SilentPort port = SilentPort.any()) {
      String nobody = "http://127.0.0.1:" + port.number();
      Outcome outcome = run(program, nobody, "年假");
      assertThat(outcome.exitCode()).isEqualTo(1);
      assertThat(outcome.err()).contains("No answer from " + nobody, "Is the service running?");
    }
  }

  @Test
  void an_upload_waits_until_the_file_is_indexed() throws Exception {
    Path file = Files.writeString(folder.resolve("新制度.txt"), "访客须在南门登记，停车不超过 4 小时。\n");
    Outcome outcome = upload(file);
    assertThat(outcome.err()).isEmpty();
    assertThat(outcome.exitCode()).isZero();
    assertThat(outcome.out()).contains("新制度.txt is document d_").containsPattern("indexed, [1-9]");
    assertThat(service.ownFolder().resolve("新制度.txt")).hasSameBinaryContentAs(file);
    Outcome answer = run(ExampleProgram.JAVA, service.baseUrl(), "访客停车不超过几小时？");
    assertThat(answer.out()).contains("停车不超过 4 小时", "新制度.txt");
  }

  @Test
  void an_upload_of_a_file_that_is_not_there_is_refused() throws Exception {
    Outcome outcome = upload(folder.resolve("missing.txt"));
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("missing.txt cannot be read.", "Name a file that exists.");
  }

  private static Outcome run(ExampleProgram program, String... arguments) throws Exception {
    Optional<String> obstacle = program.obstacle();
    assumeTrue(obstacle.isEmpty(), () -> obstacle.orElse(""));
    return Outcome.of(
        Stream.concat(program.command(folder).stream(), Stream.of(arguments)).toList(), folder);
  }

  private static Outcome upload(Path file) throws Exception {
    String java = ExampleProgram.find("java").map(Path::toString).orElse("java");
    return Outcome.of(
        List.of(
            java,
            "-cp",
            ExampleProgram.classPath(),
            UploadExample.class.getName(),
            service.baseUrl(),
            file.toString()),
        folder);
  }

  private static void compileForJava8() {
    String source = ExampleProgram.EXAMPLES.resolve("java8/AskJava8.java").toString();
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "--release",
                "8",
                "-Xlint:all,-options",
                "-Werror",
                "-encoding",
                "UTF-8",
                "-d",
                folder.toString(),
                source);
    assertThat(result).as("javac --release 8 of %s", source).isZero();
  }
}
