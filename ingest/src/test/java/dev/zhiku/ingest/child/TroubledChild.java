package dev.zhiku.ingest.child;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A child that does what it is asked to, however bad. */
public final class TroubledChild {
  /** In its temporary directory as soon as it hangs. */
  static final String HANGING = "hanging";

  private TroubledChild() {}

  public static void main(String[] arguments) {
    ChildLoop.serve(
        () -> {
          System.out.println("printed while starting");
          return request ->
              answer(new String(request, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
        });
  }

  private static String answer(String request) throws Exception {
    String[] words = request.split(" ", 2);
    return switch (words[0]) {
      case "echo" -> words[1];
      case "print" -> printed(words[1]);
      case "pid" -> Long.toString(ProcessHandle.current().pid());
      case "hang" -> hang();
      case "exit" -> exit(Integer.parseInt(words[1]));
      case "fill-heap" -> fillHeap();
      case "throw" -> throw new IllegalStateException(words[1]);
      case "garbage" -> garbage();
      case "litter" -> litter();
      case "connect" -> connect(Integer.parseInt(words[1]));
      case "shell" -> shell(words[1]);
      case "fetch" -> fetch(words[1]);
      case "resolve" -> List.of(InetAddress.getAllByName(words[1])).toString();
      case "property" -> System.getProperty(words[1]);
      case "environment" -> String.valueOf(System.getenv(words[1]));
      default -> throw new IllegalArgumentException(request);
    };
  }

  private static String printed(String text) {
    System.out.println(text);
    return "printed";
  }

  private static String hang() throws Exception {
    Files.createFile(Path.of(System.getProperty("java.io.tmpdir")).resolve(HANGING));
    new CountDownLatch(1).await();
    return "never";
  }

  private static String exit(int status) {
    System.exit(status);
    return "never";
  }

  private static String fillHeap() {
    List<long[]> held = new ArrayList<>();
    while (held.size() < Integer.MAX_VALUE) {
      held.add(new long[1 << 20]);
    }
    return "never";
  }

  private static String garbage() throws Exception {
    try (FileOutputStream out = new FileOutputStream(FileDescriptor.out)) {
      out.write("this is no frame at all".getBytes(StandardCharsets.UTF_8));
      out.flush();
      return hang();
    }
  }

  private static String litter() throws Exception {
    Path directory = Files.createTempDirectory("nested");
    Files.writeString(directory.resolve("left-behind.txt"), "secret");
    return directory.toString();
  }

  private static String connect(int port) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return "connected to " + socket.getPort();
    } catch (Exception e) {
      return "refused: " + e.getMessage();
    }
  }

  private static String shell(String script) throws Exception {
    Process shell = new ProcessBuilder("bash", "-c", script).redirectErrorStream(true).start();
    String said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return shell.waitFor() + " " + said.strip();
  }

  private static String fetch(String url) {
    try (var in = URI.create(url).toURL().openStream()) {
      return "fetched " + in.read();
    } catch (Exception e) {
      return "refused: " + e.getMessage();
    }
  }
}
