package dev.zhiku.server.openai.responses;

import dev.zhiku.server.openai.OpenAiReply.Ending;
import dev.zhiku.server.openai.responses.ResponseItem.Part;
import dev.zhiku.server.openai.responses.ResponseView.Failure;
import dev.zhiku.server.openai.responses.ResponseView.Incomplete;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How an answer looks to a client of {@code /v1/responses}. Thread-safe.
 *
 * @param id of the answer, without what tells apart the forms of ids
 * @param createdAt seconds since 1970
 * @param model that answers
 */
record ResponseForm(String id, long createdAt, String model, ResponsesRequest asked) {
  private static final String IN_PROGRESS = "in_progress";
  private static final String COMPLETED = "completed";
  private static final String INCOMPLETE = "incomplete";

  /** Before the first word. */
  ResponseView begun() {
    return view(IN_PROGRESS, Optional.empty(), List.of(), Optional.empty());
  }

  /**
   * At its end.
   *
   * @param text the whole answer
   * @param reasoning what the model thought first, perhaps nothing
   */
  ResponseView ended(Ending.Said said, String text, String reasoning) {
    List<ResponseItem> output = new ArrayList<>();
    if (!reasoning.isEmpty()) {
      output.add(reasoning(COMPLETED, reasoning));
    }
    output.add(message(status(said), List.of(answer(said, text))));
    return view(status(said), Optional.empty(), output, Optional.of(said));
  }

  /** Where it broke off. */
  ResponseView failed(Ending.Broken broken, String text) {
    List<ResponseItem> output =
        text.isEmpty()
            ? List.of()
            : List.of(message(INCOMPLETE, List.of(Part.answer(text, List.of()))));
    Failure failure = new Failure(broken.error().error().code(), broken.error().error().message());
    return view("failed", Optional.of(failure), output, Optional.empty());
  }

  static String status(Ending.Said said) {
    return said.finishReason().equals("length") ? INCOMPLETE : COMPLETED;
  }

  Part answer(Ending.Said said, String text) {
    return Part.answer(text, CitedPlaces.in(text, said.citations()));
  }

  ResponseItem message(String status, List<Part> content) {
    return ResponseItem.message(ResponseIds.message(id), status, content);
  }

  ResponseItem beginningMessage() {
    return message(IN_PROGRESS, List.of());
  }

  ResponseItem reasoning(String status, String text) {
    return ResponseItem.reasoning(ResponseIds.reasoning(id), status, List.of(Part.reasoning(text)));
  }

  ResponseItem beginningReasoning() {
    return ResponseItem.reasoning(ResponseIds.reasoning(id), IN_PROGRESS, List.of());
  }

  private ResponseView view(
      String status,
      Optional<Failure> failure,
      List<ResponseItem> output,
      Optional<Ending.Said> said) {
    return new ResponseView(
        ResponseIds.response(id),
        "response",
        createdAt,
        status,
        failure,
        status.equals(INCOMPLETE)
            ? Optional.of(new Incomplete("max_output_tokens"))
            : Optional.empty(),
        asked.instructions(),
        asked.answerTokens(),
        asked.metadata(),
        model,
        output,
        false,
        asked.previous(),
        asked.store(),
        asked.sampling().temperature(),
        ResponseView.TextConfig.of(asked.format()),
        "auto",
        List.of(),
        asked.sampling().topP(),
        "disabled",
        said.map(end -> ResponseView.Use.of(end.usage())),
        said.map(Ending.Said::status),
        said.map(Ending.Said::citations).orElse(List.of()),
        said.map(Ending.Said::warnings).orElse(List.of()));
  }
}
