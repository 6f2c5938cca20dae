package dev.zhiku.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExplanationLinesTest {
  private static final String MATCH =
      """
      {"id": "d_1", "source": "knowledge", "path": "a/pump.txt", "state": "indexed",
       "passages": 3, "reason_code": null, "reason": null}""";

  private static List<String> lines(String json) throws IOException {
    return new ExplanationLines(
            JsonObject.read(JsonMapper.createDefault(), json.getBytes(StandardCharsets.UTF_8)))
        .all();
  }

  @Test
  void the_outcome_comes_first_then_words_places_and_figures() throws Exception {
    List<String> lines =
        lines(
            """
            {"matches": [%s], "outcome": "form-nowhere", "sentence": "It is not there.",
             "question": {"text": "price of the pump", "added": ["cost", "fee"], "page": null,
               "phrases": [], "judged": "price of the pump", "listed": 100},
             "words": [{"word": "price", "weight": 2.345, "held": false},
               {"word": "pump", "weight": 1, "held": true}],
             "passages": [{"ordinal": 2, "text": "The\\npump", "words": {"rank": 4, "score": 3.5},
               "model": "m", "meaning": "other-language", "vectors": null,
               "fused": {"rank": 7, "score": 0.5}, "fate": "duplicate", "duplicate_of": "b.txt"}],
             "judge": {"supported": false, "ground": "form-nowhere", "words": 0.5,
               "similarity": 0.4, "nearest": 0.6, "lead": 0.1, "score": 2.3, "threshold": 2.45,
               "form": "money", "form_held": false}}
            """
                .formatted(MATCH));

    assertThat(lines)
        .startsWith(
            "It is not there.", "document   knowledge:a/pump.txt (d_1), indexed, passages: 3")
        .contains(
            "added      cost, fee",
            "held       pump 1.00",
            "not held   price 2.35",
            "passage    2: The pump",
            "fate       duplicate of b.txt",
            "by words   rank 4, score 3.50",
            "by meaning not among the first 100, other-language, m",
            "together   rank 7, score 0.50",
            "score      2.30 of at least 2.45",
            "nearest    0.60, 0.10 above the others",
            "asked for  money, does not stand nearby")
        .noneMatch(line -> line.startsWith("page"));
  }

  @Test
  void of_several_documents_their_list_alone_is_shown() throws Exception {
    List<String> lines =
        lines(
            """
            {"matches": [%s, %s], "outcome": null, "sentence": null, "question": null,
             "words": [], "passages": [], "judge": null}
            """
                .formatted(MATCH, MATCH));

    assertThat(lines).hasSize(3).first().asString().startsWith("Which of these?");
  }

  @Test
  void a_file_that_is_not_indexed_is_shown_with_its_reason() throws Exception {
    List<String> lines =
        lines(
            """
            {"matches": [{"id": "d_2", "source": "s", "path": "x.pdf", "state": "failed",
               "passages": 0, "reason": "It is protected by a password."}],
             "outcome": "not-indexed", "sentence": "Not in the index.", "question": null,
             "words": [], "passages": [], "judge": null}
            """);

    assertThat(lines).contains("reason     It is protected by a password.");
  }
}
