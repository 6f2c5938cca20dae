package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * One call of an example from the command line: {@code [BASE_URL] [SUBJECT]}, and how it prints.
 * The environment variable {@code ZHIKU_KEY} holds the access key of a service that needs one.
 *
 * @param base address of the service
 * @param subject the question, or the file to upload
 * @param out where the answer goes
 * @param err where a refusal goes
 */
record Invocation(String base, String subject, PrintStream out, PrintStream err) {
  private static final String DEFAULT_BASE = "http://127.0.0.1:8650";

  /** What an example does once it can talk to the service. */
  interface Work {
    void with(ZhikuClient client) throws IOException, InterruptedException;
  }

  static Invocation of(String[] args, String defaultSubject) {
    String base = args.length > 0 ? args[0] : DEFAULT_BASE;
    String subject = args.length > 1 ? args[1] : defaultSubject;
    return new Invocation(
        base.replaceAll("/$", ""), subject, utf8(FileDescriptor.out), utf8(FileDescriptor.err));
  }

  /** Returns the exit code: 0 done, 1 refused or unreachable. */
  int run(Work work) throws InterruptedException {
    Optional<String> key = Optional.ofNullable(System.getenv("ZHIKU_KEY"));
    try (ZhikuClient client = new ZhikuClient(base, key)) {
      work.with(client);
      return 0;
    } catch (RefusedException | IllegalArgumentException e) {
      err.println(e.getMessage());
    } catch (IOException e) {
      err.printf("No answer from %s (%s).%n", base, e);
      err.println("Is the service running? Start it with: ./zhiku serve");
    }
    return 1;
  }

  void printCitations(JsonNode response) {
    for (JsonNode citation : response.path("citations")) {
      out.printf(
          "[%s] %s, %s%n    %s%n    %s%s%n",
          citation.path("number").asText(),
          citation.path("path").asText(),
          citation.path("location").asText(),
          citation.path("quote").asText(),
          base,
          citation.path("url").asText());
    }
    for (JsonNode warning : response.path("warnings")) {
      out.printf(
          "warning: %s: %s%n", warning.path("code").asText(), warning.path("detail").asText());
    }
  }

  /** A console may have any charset; what is printed here is UTF-8 whatever it has. */
  private static PrintStream utf8(FileDescriptor descriptor) {
    return new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
  }
}
