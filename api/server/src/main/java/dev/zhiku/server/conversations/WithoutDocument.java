package dev.zhiku.server.conversations;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * The turns of a conversation without the words of a document that was deleted: of its citations
 * and passages the place stays and the words go, and the answers that may hold its words go whole.
 * Those are answers that cite it, answers of a model that was shown it, and what a model wrote
 * after those in the same conversation, for it was told what had been said. Questions, ratings and
 * comments are people's own and stay. Pure; applied once more it changes nothing.
 */
public final class WithoutDocument implements UnaryOperator<List<KeptTurn>> {
  private static final JsonMapper JSON = JsonMapper.createDefault();
  private static final List<String> PASSAGES = List.of("citations", "passages", "nearest");

  /** Fields of a citation or passage that say words of the document. */
  private static final Map<String, Object> SAID =
      Map.of("quote", "", "text", "", "location", "", "heading", List.of());

  private final String document;

  /**
   * @param document its id
   */
  public WithoutDocument(String document) {
    this.document = document;
  }

  @Override
  public List<KeptTurn> apply(List<KeptTurn> turns) {
    List<KeptTurn> left = new ArrayList<>();
    boolean told = false;
    for (KeptTurn turn : turns) {
      Optional<Map<String, Object>> whole = turn.response().map(WithoutDocument::read);
      boolean byModel =
          turn.mode().equals("chat") || whole.map(WithoutDocument::isByModel).orElse(true);
      boolean shown = turn.documents().contains(document) || whole.filter(this::holds).isPresent();
      boolean cited = whole.filter(answer -> isIn(answer, "citations")).isPresent();
      boolean answerGoes = cited || (byModel && (shown || told));
      left.add(shown || told ? without(turn, whole, answerGoes) : turn);
      told |= answerGoes;
    }
    return left;
  }

  private KeptTurn without(KeptTurn turn, Optional<Map<String, Object>> whole, boolean answerGoes) {
    Optional<String> written =
        whole.map(
            answer -> {
              PASSAGES.forEach(name -> items(answer, name).forEach(this::silence));
              answer.put("warnings", List.of());
              if (answerGoes) {
                answer.put("answer", null);
                answer.put("unsupported_answer", null);
                answer.put("reasoning", null);
              }
              answer.put("standalone_question", turn.question());
              return write(answer);
            });
    return turn.saying(answerGoes ? "" : turn.answer(), written);
  }

  private void silence(Map<String, Object> item) {
    if (document.equals(item.get("document_id"))) {
      SAID.forEach((field, nothing) -> item.computeIfPresent(field, (name, words) -> nothing));
    }
  }

  private boolean holds(Map<String, Object> answer) {
    return PASSAGES.stream().anyMatch(name -> isIn(answer, name));
  }

  private boolean isIn(Map<String, Object> answer, String name) {
    return items(answer, name).stream().anyMatch(one -> document.equals(one.get("document_id")));
  }

  private static boolean isByModel(Map<String, Object> answer) {
    return !(answer.get("generator") instanceof Map<?, ?> generator
        && Boolean.FALSE.equals(generator.get("ai_generated")));
  }

  @SuppressWarnings("unchecked") // objects of JSON have names
  private static List<Map<String, Object>> items(Map<String, Object> answer, String name) {
    List<Map<String, Object>> items = new ArrayList<>();
    if (answer.get(name) instanceof List<?> list) {
      for (Object item : list) {
        if (item instanceof Map<?, ?> object) {
          items.add((Map<String, Object>) object);
        }
      }
    }
    return items;
  }

  @SuppressWarnings("unchecked") // what is kept is an object
  private static Map<String, Object> read(String text) {
    try {
      return new LinkedHashMap<>((Map<String, Object>) JSON.readValue(text, Object.class));
    } catch (IOException e) {
      throw new UncheckedIOException("a turn that was kept cannot be read", e);
    }
  }

  private static String write(Map<String, Object> answer) {
    try {
      return JSON.writeValueAsString(answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
