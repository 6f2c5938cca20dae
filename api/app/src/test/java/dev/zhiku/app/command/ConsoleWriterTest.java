package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TypedCommand;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsoleWriterTest {
  @TempDir private Path home;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final ConsoleWriter console = ConsoleWriter.to(printed);

  private String printed() {
    console.flush();
    return printed.toString(StandardCharsets.UTF_8);
  }

  @Test
  void what_could_steer_a_terminal_or_hide_is_printed_escaped() {
    console.printf(
        "%s%n", "a\u001b[31mred\u0007\b\u009b2J\u0085\u2028\u202egnp.exe\u200b\udb40\udc41");

    assertThat(printed())
        .isEqualTo(
            "a\\u001b[31mred\\u0007\\u0008\\u009b2J\\u0085\\u2028\\u202egnp.exe\\u200b\\udb40\\udc41"
                + System.lineSeparator());
  }

  @Test
  void texts_in_any_language_their_lines_and_tabs_are_printed_as_they_are() {
    console.println("年假\t👍 é Ω\n第二行");

    assertThat(printed()).isEqualTo("年假\t👍 é Ω\n第二行" + System.lineSeparator());
  }

  @Test
  void a_character_that_comes_in_halves_is_judged_whole() {
    for (char half : "👍\udb40\udc41".toCharArray()) {
      console.print(half);
    }

    assertThat(printed()).isEqualTo("👍\\udb40\\udc41");
  }

  @Test
  void a_carriage_return_does_not_write_over_what_stands_there() {
    console.print("no key\rall well");

    assertThat(printed()).isEqualTo("no key\\u000dall well");
  }

  @Test
  void a_line_of_progress_is_written_over_the_one_before() {
    console.redraw("[##..] \u001b]0;title\u0007");

    assertThat(printed()).isEqualTo("\r[##..] \\u001b]0;title\\u0007\u001b[K");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"doctor", "status", "ask x", "scan", "model list", "source list", "pause"})
  void a_hostile_name_of_a_folder_reaches_no_console_raw(String command) throws IOException {
    Path data = home.resolve("d\u001b[2J\u202e\u0085x");
    Path config =
        Files.writeString(
            home.resolve("zhiku.yml"),
            "zhiku: {data: \"%s\"}".formatted(escaped(data.toString())),
            StandardCharsets.UTF_8);
    assertThat(config).exists();

    assertClean(TypedCommand.run(home, command.split(" ")));
  }

  /** As a string of YAML in double quotes has it. */
  private static String escaped(String text) {
    StringBuilder all = new StringBuilder();
    text.chars()
        .forEach(
            c ->
                all.append(
                    c < 0x20 || c > 0x7e || c == '\\' || c == '"'
                        ? String.format("\\u%04x", c)
                        : Character.toString((char) c)));
    return all.toString();
  }

  @Test
  void what_is_typed_wrongly_is_repeated_escaped() {
    Ended ended = TypedCommand.run(home, "model", "list", "--\u001b[2J\u202e");

    assertClean(ended);
    assertThat(ended.output()).contains("\\u001b[2J\\u202e");
  }

  @Test
  void a_model_server_neither_steers_the_terminal_nor_adds_findings() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] says =
              "{\"error\":\"away\\n\\u001b[2J\\u202e\\u0085ok   forged finding\"}"
                  .getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(400, says.length);
          exchange.getResponseBody().write(says);
          exchange.close();
        });
    server.start();
    try {
      Files.writeString(
          home.resolve("zhiku.yml"),
          "zhiku: {generator: {backend: ollama, ollama: {base-url: \"http://127.0.0.1:%d\"}}}"
              .formatted(server.getAddress().getPort()));

      Ended ended = TypedCommand.run(home, "doctor");

      assertClean(ended);
      assertThat(ended.output()).contains("forged finding", "\\u001b[2J\\u202e");
      assertThat(ended.output().lines()).noneMatch(line -> line.startsWith("ok   forged"));
    } finally {
      server.stop(0);
    }
  }

  private static void assertClean(Ended ended) {
    assertThat(ended.output())
        .isNotEmpty()
        .doesNotContainPattern("[\\p{Cc}\\p{Cf}\u2028\u2029&&[^\n\t\r]]")
        .doesNotContain("\r\u001b");
  }
}
