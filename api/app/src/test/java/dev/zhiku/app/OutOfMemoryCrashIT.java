package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.app.testing.FilledHeap;
import dev.zhiku.app.testing.ServiceProcess;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The service under its launcher when its heap is really full. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(1_200)
@Tag("crash")
class OutOfMemoryCrashIT {
  private static final String RUNS = "Zhiku is running at ";

  @TempDir private Path home;
  private final HttpClient client = HttpClient.newHttpClient();

  private Path log() {
    return home.resolve("log");
  }

  private List<String> printed() {
    try {
      return Files.readAllLines(log());
    } catch (IOException e) {
      return List.of();
    }
  }

  private List<String> addresses() {
    return printed().stream()
        .filter(line -> line.startsWith(RUNS))
        .map(line -> line.substring(RUNS.length()).strip())
        .toList();
  }

  private void await(String what, BooleanSupplier condition) throws InterruptedException {
    Instant limit = Instant.now().plus(ServiceProcess.PATIENCE);
    while (!condition.getAsBoolean()) {
      assertThat(Instant.now()).as(what + "\n" + String.join("\n", printed())).isBefore(limit);
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  /** What was built, at the place where the script looks for it. */
  private void install() throws IOException {
    Files.copy(ServiceProcess.repository().resolve("zhiku"), home.resolve("zhiku"));
    Path target = Files.createDirectories(home.resolve("api/app/target"));
    Files.createDirectories(target.resolve("lib"));
    String classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(entry -> Path.of(entry).toAbsolutePath().toUri().toString())
            .collect(Collectors.joining(" "));
    jar(target.resolve("zhiku.jar"), Attributes.Name.CLASS_PATH, classPath);
    jar(
        home.resolve("agent.jar"),
        new Attributes.Name("Premain-Class"),
        FilledHeap.class.getName());
  }

  private static void jar(Path file, Attributes.Name name, String value) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(name, value);
    try (OutputStream out = Files.newOutputStream(file);
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      jar.finish();
    }
  }

  private Process launch(Path sign) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder("sh", home.resolve("zhiku").toString(), "serve", "--port", "0")
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log().toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder
        .environment()
        .put(
            "ZHIKU_JAVA_OPTS",
            "-Xmx256m -Dlogback.configurationFile=logback.xml -javaagent:%s=%s"
                .formatted(home.resolve("agent.jar"), sign));
    return builder.start();
  }

  private boolean isAnswered() {
    HttpRequest question =
        HttpRequest.newBuilder(URI.create(addresses().getLast() + "/query"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"question\":\"When does the canteen open?\"}"))
            .build();
    try {
      return client.send(question, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void a_service_that_runs_out_of_memory_is_started_again_and_answers() throws Exception {
    install();
    Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(home.resolve("zhiku.yml"), "zhiku: {embedding: {backend: hashing}}");
    Path sign = home.resolve("fill");
    Process launcher = launch(sign);
    try {
      await("running", () -> addresses().size() == 1);
      await("answered", this::isAnswered);

      Files.createFile(sign);

      await("running again", () -> addresses().size() == 2);
      await("answered again", this::isAnswered);
      assertThat(String.join("\n", printed()))
          .contains(
              "Terminating due to java.lang.OutOfMemoryError",
              "The service ended unexpectedly (code 3); it is started again (1 of 5).");
      assertThat(launcher.isAlive()).isTrue();
      launcher.destroy();
      assertThat(launcher.waitFor(ServiceProcess.PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(printed()).contains("Stopping.");
    } finally {
      launcher.destroy();
    }
  }
}
