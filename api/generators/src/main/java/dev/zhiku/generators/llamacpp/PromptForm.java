package dev.zhiku.generators.llamacpp;

import de.kherud.llama.Pair;
import dev.zhiku.generators.dialogue.Dialogue.Message;
import dev.zhiku.generators.dialogue.Dialogue.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Turns written as one prompt. The template of the model's file sees placeholders, never the texts:
 * it cannot trip over them, characters beyond ASCII pass unharmed, and it is asked once for each
 * number of turns. Thread-safe.
 */
final class PromptForm {
  private static final String OPENING_TAG = "<think>";

  /** Of the template that llama.cpp takes in place of one that it cannot read. */
  private static final String CHAT_ML = "<|im_start|>";

  private static final Pattern PLACEHOLDER = Pattern.compile("ZHIKU-TURN-([0-9]+)-TEXT");

  private final LlamaEngine engine;
  private final TemplateKind kind;
  private final boolean thinks;
  private final Map<Integer, String> forms = new ConcurrentHashMap<>();

  /**
   * @param thinks whether the model knows reasoning in tags, so that it can be kept from it
   */
  PromptForm(LlamaEngine engine, TemplateKind kind, boolean thinks) {
    this.engine = engine;
    this.kind = kind;
    this.thinks = thinks;
  }

  /**
   * A prompt.
   *
   * @param reasons whether what the model writes begins with reasoning that no tag opens
   */
  record Written(String text, boolean reasons) {}

  TemplateKind kind() {
    return kind;
  }

  /**
   * Whether the template is the model's own, takes one question and a follow-up, and leaves out no
   * text of them.
   */
  boolean isFit() {
    List<Message> question = List.of(new Message(Role.SYSTEM, "s"), new Message(Role.USER, "q"));
    List<Message> followUp = new ArrayList<>(question);
    followUp.add(new Message(Role.ASSISTANT, "a"));
    followUp.add(new Message(Role.USER, "f"));
    return keepsAll(question) && keepsAll(followUp);
  }

  private boolean keepsAll(List<Message> messages) {
    if (kind == TemplateKind.PLAIN) {
      return true;
    }
    String form = form(messages);
    if (form.contains(CHAT_ML) && engine.count(CHAT_ML) > 1) {
      return false;
    }
    Matcher found = PLACEHOLDER.matcher(form);
    for (int i = 0; i < messages.size(); i++) {
      if (!found.find() || Integer.parseInt(found.group(1)) != i) {
        return false;
      }
    }
    return !found.find();
  }

  /**
   * @param reasoning whether the model may think; if not, and it would, its reasoning is closed
   *     before it begins
   */
  Written write(List<Message> messages, boolean reasoning) {
    String text =
        switch (kind) {
          case OWN -> filled(messages);
          case PLAIN -> PlainTemplate.write(messages);
        };
    boolean opened = text.stripTrailing().endsWith(OPENING_TAG);
    if (reasoning || !thinks) {
      return new Written(text, opened);
    }
    return new Written(
        (opened ? text.stripTrailing() : text + OPENING_TAG) + "\n\n</think>\n\n", false);
  }

  private String filled(List<Message> messages) {
    return PLACEHOLDER
        .matcher(form(messages))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(messages.get(Integer.parseInt(found.group(1))).text()));
  }

  /** Turns alternate, so their number says which they are. */
  private String form(List<Message> messages) {
    return forms.computeIfAbsent(messages.size(), size -> asked(messages));
  }

  private String asked(List<Message> messages) {
    String system = "";
    List<Pair<String, String>> turns = new ArrayList<>();
    for (int i = 0; i < messages.size(); i++) {
      String placeholder = "ZHIKU-TURN-" + i + "-TEXT";
      switch (messages.get(i).role()) {
        case SYSTEM -> system = placeholder;
        case USER, TOOL -> turns.add(new Pair<>("user", placeholder));
        case ASSISTANT -> turns.add(new Pair<>("assistant", placeholder));
      }
    }
    return engine.template(system, turns);
  }
}
