package dev.zhiku.server.openai.responses;

import dev.zhiku.answering.chat.Handover;
import dev.zhiku.answering.chat.Handover.Format;
import dev.zhiku.answering.chat.Sampling;
import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.search.Scope;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.Message;
import dev.zhiku.server.openai.Message.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request for an answer.
 *
 * @param model as the client wrote it
 * @param items what the client says, oldest first
 * @param instructions what the model is told beside it
 * @param previous id of the answer that it goes on from
 * @param store whether a later request may go on from this one
 * @param format of the text, for the model alone
 * @param metadata comes back with the answer
 */
record ResponsesRequest(
    String model,
    List<Item> items,
    Optional<String> instructions,
    Optional<String> previous,
    boolean store,
    boolean stream,
    Optional<Boolean> reasoning,
    Sampling sampling,
    Optional<Integer> answerTokens,
    Format format,
    Map<String, String> metadata) {
  ResponsesRequest {
    items = List.copyOf(items);
    metadata = Map.copyOf(metadata);
  }

  /** Something that a client says. */
  sealed interface Item {
    /** A message in its own words. */
    record Said(Message message) implements Item {}

    /**
     * An answer that is remembered here.
     *
     * @param where it stands in the request
     */
    record Reference(String id, String where) implements Item {}
  }

  /**
   * What was said so far, without instructions.
   *
   * @throws Problem naming what is not remembered
   */
  List<Message> said(ResponseMemory memory, Scope scope) {
    List<Message> said = new ArrayList<>();
    previous.ifPresent(
        id ->
            said.addAll(
                ResponseIds.ofResponse(id)
                    .flatMap(answer -> memory.find(answer, scope))
                    .orElseThrow(() -> forgotten("previous_response_id", id))));
    for (Item item : items) {
      switch (item) {
        case Item.Said own -> said.add(own.message());
        case Item.Reference other ->
            said.add(
                ResponseIds.ofMessage(other.id())
                    .flatMap(answer -> memory.find(answer, scope))
                    .map(List::getLast)
                    .orElseThrow(() -> forgotten(other.where(), other.id())));
      }
    }
    return said;
  }

  private static Problem forgotten(String where, String id) {
    return JsonFields.refusal(
        where,
        ServerText.of("rule.remembered-response", ResponseMemory.KEPT.toHours()),
        new Value.Text(id));
  }

  /** The same as a request for a completion. */
  CompletionRequest completion(List<Message> said) {
    List<Message> messages = new ArrayList<>();
    instructions.ifPresent(text -> messages.add(new Message(Role.SYSTEM, text)));
    messages.addAll(said);
    return new CompletionRequest(
        model,
        messages,
        stream,
        false,
        reasoning,
        sampling,
        answerTokens,
        new Handover(List.of(), new Handover.Choice.Auto(), List.of(), format));
  }
}
