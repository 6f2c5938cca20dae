package dev.zhiku.ingest.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.ingest.outcome.FaultPoint;
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
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** {@link CrashChild} from outside. What it says is read as it comes. */
final class KilledService implements AutoCloseable {
  private static final String ENDED = "the output ended";

  private final Process process;
  private final Thread reading;
  private final BlockingQueue<String> coming = new LinkedBlockingQueue<>();
  private final List<String> said = new ArrayList<>();
  private final PrintWriter requests;
  private final Path log;

  private KilledService(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.requests =
        new PrintWriter(
            new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8), true);
    this.reading = Thread.ofVirtual().start(this::read);
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        coming.add(line);
      }
    } catch (IOException e) {
      // Its end of the pipe was closed while this one was read.
      coming.add("lost: " + e.getMessage());
    }
    coming.add(ENDED);
  }

  static KilledService start(Path base, String... jvmOptions) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx256m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8"));
    command.addAll(List.of(jvmOptions));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(CrashChild.class.getName(), base.toString()));
    Path log = base.resolve("log.txt");
    Process process =
        new ProcessBuilder(command).redirectError(Redirect.appendTo(log.toFile())).start();
    return new KilledService(process, log);
  }

  /** Asks for an upload or a deletion and does not wait for it. */
  void request(String... words) {
    requests.println(String.join("\t", words));
  }

  /** Waits until it has said this. */
  void await(String line) throws IOException, InterruptedException {
    readUntil(line);
  }

  /** What it holds once it is at rest. */
  List<String> check() throws IOException, InterruptedException {
    request("check");
    return readUntil("end");
  }

  private List<String> readUntil(String last) throws IOException, InterruptedException {
    List<String> lines = new ArrayList<>();
    for (String line = next(); !last.equals(line); line = next()) {
      if (line.equals(ENDED)) {
        throw new AssertionError("the service ended by itself:\n" + Files.readString(log));
      }
      lines.add(line);
    }
    return lines;
  }

  private String next() throws InterruptedException {
    String line = coming.take();
    said.add(line);
    return line;
  }

  /** Whether it comes to rest; false if it was halted at a fault point before. */
  boolean comesToRest() throws InterruptedException {
    request("check");
    for (String line = next(); !"end".equals(line); line = next()) {
      if (line.equals(ENDED)) {
        assertThat(process.waitFor()).isEqualTo(FaultPoint.HALTED);
        return false;
      }
    }
    return true;
  }

  /**
   * As {@code kill -9}.
   *
   * @return everything it has said
   */
  List<String> kill() throws InterruptedException {
    assertThat(process.isAlive()).as("it lived until it was killed").isTrue();
    end();
    reading.join();
    coming.drainTo(said);
    return said;
  }

  /** Not Process.destroyForcibly(), which throws away what was said and not read yet. */
  private void end() {
    process.toHandle().destroyForcibly();
    process.onExit().join();
  }

  /** Once this returns it writes to no file any more. */
  @Override
  public void close() {
    end();
    process.destroyForcibly();
  }
}
