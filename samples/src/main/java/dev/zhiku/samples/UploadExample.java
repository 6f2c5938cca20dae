package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Uploads one file and waits until questions can be answered from it: {@code UploadExample
 * [BASE_URL] FILE}. On a service with access keys this needs the admin key.
 */
public final class UploadExample {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

  private UploadExample() {}

  public static void main(String[] args) throws InterruptedException {
    Invocation call = Invocation.of(args, "");
    System.exit(call.run(client -> upload(client, call)));
  }

  private static void upload(ZhikuClient client, Invocation call)
      throws IOException, InterruptedException {
    if (call.subject().isEmpty()) {
      throw new RefusedException("No file was named.", "Use: UploadExample [BASE_URL] FILE");
    }
    Path file = Path.of(call.subject());
    if (!Files.isReadable(file)) {
      throw new RefusedException(file + " cannot be read.", "Name a file that exists.");
    }
    JsonNode uploaded = client.upload(file);
    String id = uploaded.path("id").asText();
    call.out().printf("%s is document %s%n", uploaded.path("path").asText(), id);
    JsonNode document = settled(client, id);
    if (!document.path("state").asText().equals("indexed")) {
      throw new RefusedException(
          document.path("state").asText() + ": " + document.path("reason").asText(),
          document.path("remedy").asText());
    }
    call.out().printf("indexed, %d passages%n", document.path("passages").asInt());
  }

  /** The document once it is no longer pending, or as it stands when the wait is over. */
  private static JsonNode settled(ZhikuClient client, String id)
      throws IOException, InterruptedException {
    Instant giveUp = Instant.now().plus(LONGEST_WAIT);
    JsonNode document = client.document(id);
    while (document.path("state").asText().equals("pending") && Instant.now().isBefore(giveUp)) {
      Thread.sleep(BETWEEN_LOOKS);
      document = client.document(id);
    }
    return document;
  }
}
