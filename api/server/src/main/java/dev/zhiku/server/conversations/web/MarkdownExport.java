package dev.zhiku.server.conversations.web;

import dev.zhiku.server.conversations.Conversation;
import dev.zhiku.server.conversations.KeptTurn;
import dev.zhiku.server.http.ServerText;
import io.micronaut.json.tree.JsonNode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * A conversation as Markdown: each question, its answer, and the place and words of each source.
 */
final class MarkdownExport {
  private final Function<KeptTurn, Optional<JsonNode>> responses;
  private final Locale locale;
  private final StringBuilder out = new StringBuilder();

  MarkdownExport(Function<KeptTurn, Optional<JsonNode>> responses, Locale locale) {
    this.responses = responses;
    this.locale = locale;
  }

  String of(Conversation conversation, List<KeptTurn> turns) {
    line("# " + oneLine(conversation.title()));
    turns.forEach(this::turn);
    return out.toString();
  }

  private void turn(KeptTurn turn) {
    Optional<JsonNode> response = responses.apply(turn);
    line("## " + say("export.question") + " " + turn.number());
    line(quoted(turn.question()));
    line("*" + turn.askedAt() + "*");
    response
        .map(whole -> TurnViews.text(whole, "standalone_question"))
        .filter(searched -> !searched.isEmpty() && !searched.equals(turn.question()))
        .ifPresent(searched -> line(say("export.searched", oneLine(searched))));
    if (!turn.answer().isBlank()) {
      line(turn.answer().strip());
    }
    turn.failure().ifPresent(why -> line("*" + broken(turn, why) + "*"));
    response.ifPresent(this::origin);
  }

  private String broken(KeptTurn turn, KeptTurn.Failure why) {
    return turn.status().equals(KeptTurn.STOPPED)
        ? say("export.stopped")
        : say("export.failed", oneLine(why.detail()));
  }

  private void origin(JsonNode response) {
    JsonNode generator = response.get("generator");
    if (generator != null && TurnViews.text(generator, "ai_generated").equals("true")) {
      String model = TurnViews.text(generator, "model");
      line(
          "*"
              + say("export.ai", model.isEmpty() ? TurnViews.text(generator, "backend") : model)
              + "*");
    }
    List<JsonNode> citations = TurnViews.items(response, "citations");
    if (!citations.isEmpty()) {
      line("### " + say("export.sources"));
      citations.forEach(this::citation);
    }
  }

  private void citation(JsonNode citation) {
    line(
        "["
            + TurnViews.text(citation, "number")
            + "] "
            + say(
                "export.file",
                oneLine(TurnViews.text(citation, "location")),
                TurnViews.text(citation, "sha256")));
    line(quoted(TurnViews.text(citation, "quote")));
  }

  private String say(String key, Object... values) {
    return ServerText.of(key, values).in(locale);
  }

  private void line(String text) {
    out.append(text).append("\n\n");
  }

  private static String quoted(String text) {
    return "> " + text.strip().replaceAll("\\R", "\n> ");
  }

  private static String oneLine(String text) {
    return text.replaceAll("\\s+", " ").strip();
  }
}
