package dev.zhiku.server.openai.completions;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.JsonFields;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.http.StrictJson.Value;
import dev.zhiku.server.openai.CompletionReader;
import dev.zhiku.server.openai.CompletionRequest;
import dev.zhiku.server.openai.ModelName;
import java.math.BigDecimal;
import java.util.List;

/**
 * Reads the body of {@code POST /v1/completions}: what is unknown is ignored, what is known is held
 * to its rule, and what would change the answer and cannot be done is refused by name. Pure.
 */
final class TextCompletionReader {
  private TextCompletionReader() {}

  /**
   * What is asked for.
   *
   * @throws Problem naming the field and the rule
   */
  static CompletionRequest read(byte[] body) {
    JsonFields fields = JsonFields.of(body);
    refuseWhatCannotBeDone(fields);
    return new CompletionRequest(
        fields
            .text("model", CompletionReader.MAX_NAME_CHARS)
            .filter(name -> !name.isBlank())
            .orElse(ModelName.ALL),
        PromptDialogue.of(prompt(fields)),
        fields.bool("stream").orElse(false),
        CompletionReader.includeUsage(fields),
        CompletionReader.reasoning(fields),
        CompletionReader.sampling(fields),
        fields.integer("max_tokens", 1, Integer.MAX_VALUE));
  }

  private static void refuseWhatCannotBeDone(JsonFields fields) {
    for (String name : List.of("n", "best_of")) {
      if (fields.number(name).filter(n -> n.compareTo(BigDecimal.ONE) != 0).isPresent()) {
        throw fields.refusal(name, ServerText.of("rule.one-answer"));
      }
    }
    if (fields.bool("echo").orElse(false)) {
      throw fields.refusal("echo", ServerText.of("rule.left-out-or-false"));
    }
    if (!fields.text("suffix").orElse("").isEmpty()) {
      throw fields.refusal("suffix", ServerText.of("rule.left-out"));
    }
    if (fields.value("logprobs").filter(TextCompletionReader::isMeant).isPresent()) {
      throw fields.refusal("logprobs", ServerText.of("rule.left-out"));
    }
  }

  private static boolean isMeant(Value value) {
    return !(value instanceof Value.Null) && !(value instanceof Value.Bool(boolean on) && !on);
  }

  /** A text, or a list that holds one; texts to be completed each, and tokens, are refused. */
  private static String prompt(JsonFields fields) {
    Phrase rule = ServerText.of("rule.prompt");
    return switch (fields.required("prompt")) {
      case Value.Text one -> one.value();
      case Value.Items(List<Value> values)
          when values.size() == 1 && values.getFirst() instanceof Value.Text(String only) ->
          only;
      case Value.Items several -> throw fields.refusal("prompt", rule);
      case Value.Null none -> throw fields.refusal("prompt", rule);
      case Value.Bool bool -> throw fields.refusal("prompt", rule);
      case Value.Num number -> throw fields.refusal("prompt", rule);
      case Value.Fields object -> throw fields.refusal("prompt", rule);
    };
  }
}
