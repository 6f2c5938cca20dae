package dev.zhiku.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@link CrashChild} from outside. */
final class KilledService implements AutoCloseable {
  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter commands;
  private final Path log;

  private KilledService(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    this.commands =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
  }

  static KilledService start(Path base, String... jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashChild.class.getName(), base.toString()));
    Path log = base.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    return new KilledService(process, log);
  }

  void awaitReady() throws IOException {
    readUntil("ready");
  }

  /** What it holds once it is at rest. */
  List<String> check() throws IOException {
    commands.println("check");
    return readUntil("end");
  }

  private List<String> readUntil(String last) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = answers.readLine(); !last.equals(line); line = answers.readLine()) {
      if (line == null) {
        throw new AssertionError("the service ended by itself:\n" + Files.readString(log));
      }
      lines.add(line);
    }
    return lines;
  }

  /** Whether it comes to rest; false if it was halted at a fault point before. */
  boolean comesToRest() throws IOException, InterruptedException {
    commands.println("check");
    for (String line = answers.readLine(); !"end".equals(line); line = answers.readLine()) {
      if (line == null) {
        assertThat(process.waitFor()).isEqualTo(FaultPoints.HALTED);
        return false;
      }
    }
    return true;
  }

  /** As {@code kill -9}. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
