package dev.zhiku.samples;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Asks one question and prints the answer with its citations: {@code AskExample [BASE_URL]
 * [QUESTION]}.
 */
public final class AskExample {
  private AskExample() {}

  public static void main(String[] args) throws InterruptedException {
    Invocation call = Invocation.of(args, "核心时段是几点到几点？");
    System.exit(
        call.run(
            client -> {
              JsonNode response = client.ask(call.subject());
              call.out().println(response.path("answer").asText());
              call.printCitations(response);
            }));
  }
}
