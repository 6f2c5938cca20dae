package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks one question and prints the answer while it is being written: {@code StreamExample
 * [BASE_URL] [QUESTION]}. Leaving with Ctrl-C closes the connection, which also stops the
 * generation.
 */
public final class StreamExample {
  private final Invocation call;
  private boolean written;

  private StreamExample(Invocation call) {
    this.call = call;
  }

  public static void main(String[] args) throws InterruptedException {
    Invocation call = Invocation.of(args, "核心时段是几点到几点？");
    StreamExample example = new StreamExample(call);
    System.exit(call.run(client -> client.follow(call.subject(), example::show)));
  }

  private void show(String event, JsonNode data) {
    switch (event) {
      case "retrieved" -> call.out().printf("%d passages found%n", data.path("passages").size());
      case "queued" -> call.out().printf("waiting at position %d%n", data.path("position").asInt());
      case "text" -> write(data.path("text").asText());
      case "answered", "no_evidence" -> finish(data);
      case "failed" ->
          throw new RefusedException(
              data.path("code").asText() + ": " + data.path("detail").asText(),
              data.path("remedy").asText());
      default -> {} // later versions may add events; a client passes over those it does not know
    }
  }

  private void write(String piece) {
    call.out().print(piece);
    call.out().flush();
    written = true;
  }

  private void finish(JsonNode response) {
    call.out().println(written ? "" : response.path("answer").asText());
    call.printCitations(response);
  }
}
