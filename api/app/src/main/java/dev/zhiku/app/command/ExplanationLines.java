package dev.zhiku.app.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What {@code POST /explain} says, as lines for a terminal. */
final class ExplanationLines {
  private final Map<String, @Nullable Object> why;
  private final List<String> lines = new ArrayList<>();

  /**
   * @param why as the service says it
   */
  ExplanationLines(Map<String, @Nullable Object> why) {
    this.why = why;
  }

  /** The outcome first, then what it rests on; where several documents fit, their list. */
  List<String> all() {
    lines.clear();
    List<Map<String, @Nullable Object>> matches = JsonObject.objects(why, "matches");
    if (JsonObject.text(why, "outcome").isEmpty()) {
      lines.add("Which of these? Name one by its path or id:");
    } else {
      lines.add(JsonObject.text(why, "sentence"));
    }
    matches.forEach(this::addMatch);
    Map<String, @Nullable Object> question = JsonObject.object(why, "question");
    if (!question.isEmpty()) {
      addQuestion(question);
      JsonObject.objects(why, "passages")
          .forEach(passage -> addPassage(passage, JsonObject.text(question, "listed")));
      addJudge(JsonObject.object(why, "judge"));
    }
    return List.copyOf(lines);
  }

  private void addMatch(Map<String, @Nullable Object> match) {
    add(
        "document",
        JsonObject.text(match, "source")
            + ":"
            + JsonObject.text(match, "path")
            + " ("
            + JsonObject.text(match, "id")
            + "), "
            + JsonObject.text(match, "state")
            + ", passages: "
            + JsonObject.text(match, "passages"));
    addIfAny("reason", JsonObject.text(match, "reason"));
  }

  private void addQuestion(Map<String, @Nullable Object> question) {
    add("searched", JsonObject.text(question, "text"));
    addIfAny("added", listed(question, "added"));
    addIfAny("page", JsonObject.text(question, "page"));
    addIfAny("phrases", listed(question, "phrases"));
    add("judged as", JsonObject.text(question, "judged"));
    add("held", words(true));
    add("not held", words(false));
  }

  private String words(boolean held) {
    String words =
        JsonObject.objects(why, "words").stream()
            .filter(word -> JsonObject.text(word, "held").equals(Boolean.toString(held)))
            .map(word -> JsonObject.text(word, "word") + " " + figure(word, "weight"))
            .collect(Collectors.joining(", "));
    return words.isEmpty() ? "-" : words;
  }

  private void addPassage(Map<String, @Nullable Object> passage, String listed) {
    lines.add("");
    String text = JsonObject.lines(passage, "text").replaceAll("\\s+", " ");
    add("passage", JsonObject.text(passage, "ordinal") + ": " + text);
    String copy = JsonObject.text(passage, "duplicate_of");
    add("fate", JsonObject.text(passage, "fate") + (copy.isEmpty() ? "" : " of " + copy));
    add("by words", place(passage, "words", listed));
    add(
        "by meaning",
        place(passage, "vectors", listed)
            + ", "
            + JsonObject.text(passage, "meaning")
            + ", "
            + JsonObject.text(passage, "model"));
    add("together", place(passage, "fused", listed));
  }

  private static String place(Map<String, @Nullable Object> passage, String list, String listed) {
    Map<String, @Nullable Object> place = JsonObject.object(passage, list);
    return place.isEmpty()
        ? list.equals("fused") ? "in no list" : "not among the first " + listed
        : "rank " + JsonObject.text(place, "rank") + ", score " + figure(place, "score");
  }

  private void addJudge(Map<String, @Nullable Object> judge) {
    lines.add("");
    boolean supported = JsonObject.text(judge, "supported").equals("true");
    add("verdict", (supported ? "evidence: " : "no evidence: ") + JsonObject.text(judge, "ground"));
    add("words", figure(judge, "words"));
    if (!JsonObject.text(judge, "score").isEmpty()) {
      add("score", figure(judge, "score") + " of at least " + figure(judge, "threshold"));
      add("similarity", figure(judge, "similarity"));
    }
    if (!JsonObject.text(judge, "nearest").isEmpty()) {
      add("nearest", figure(judge, "nearest") + ", " + figure(judge, "lead") + " above the others");
    }
    String form = JsonObject.text(judge, "form");
    if (!form.isEmpty()) {
      boolean held = JsonObject.text(judge, "form_held").equals("true");
      add("asked for", form + (held ? ", stands nearby" : ", does not stand nearby"));
    }
  }

  private static String listed(Map<String, @Nullable Object> object, String key) {
    String list = JsonObject.text(object, key);
    return list.length() <= 2 ? "" : list.substring(1, list.length() - 1);
  }

  private static String figure(Map<String, @Nullable Object> object, String key) {
    return object.get(key) instanceof Number number
        ? String.format(Locale.ROOT, "%.2f", number.doubleValue())
        : "-";
  }

  private void addIfAny(String name, String value) {
    if (!value.isEmpty()) {
      add(name, value);
    }
  }

  private void add(String name, String value) {
    lines.add(String.format(Locale.ROOT, "%-11s%s", name, value));
  }
}
