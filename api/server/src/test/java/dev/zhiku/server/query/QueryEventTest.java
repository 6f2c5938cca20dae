package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.AnswerEvent;
import dev.zhiku.answering.answer.FailureCode;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentId;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.index.Passage.PassageId;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The events that come before the answer, and instead of it, field by field. */
class QueryEventTest {
  private static final DocumentId DOCUMENT = new DocumentId("d_" + "1".repeat(22));
  private final JsonMapper json = JsonMapper.createDefault();

  @Test
  void passages_come_numbered_from_one_with_their_place_and_a_rounded_score() throws Exception {
    DocumentMeta document =
        new DocumentMeta(
            DOCUMENT, "hr", "a/b.pdf", "application/pdf", 1, Instant.EPOCH, "0", "0", Set.of());
    Passage passage =
        new Passage(new PassageId(DOCUMENT, 0), "Text.", Location.page(3, List.of("Leave")));
    ScoredPassage found = new ScoredPassage(passage, document, 0.123_456, 1, 1);

    assertWritten(
        new AnswerEvent.Retrieved("q_1", List.of(found)),
        "retrieved",
        "{\"id\":\"q_1\",\"passages\":[{\"number\":1,\"document_id\":\""
            + DOCUMENT
            + "\",\"name\":\"b.pdf\",\"source\":\"hr\",\"path\":\"a/b.pdf\",\"entry\":null,\"ordinal\":0,\"media_type\":\"application/pdf\","
            + "\"page\":3,\"heading\":[\"Leave\"],\"location\":\"p. 3\",\"text\":\"Text.\","
            + "\"score\":0.1235}]}");
  }

  @Test
  void what_happens_on_the_way_has_few_fields() throws Exception {
    assertWritten(new AnswerEvent.Queued(2), "queued", "{\"position\":2}");
    assertWritten(new AnswerEvent.Progress(4, 60), "progress", "{\"read\":4,\"of\":60}");
    assertWritten(new AnswerEvent.Reasoning("Hm."), "reasoning", "{\"text\":\"Hm.\"}");
    assertWritten(new AnswerEvent.Unsupported(7), "unsupported", "{\"position\":7}");
    assertWritten(new AnswerEvent.Withdrawn(), "withdrawn", "{}");
    assertWritten(new AnswerEvent.Text("Yes."), "text", "{\"text\":\"Yes.\"}");
  }

  @Test
  void a_failure_says_whether_asking_again_may_help() throws Exception {
    assertWritten(
        new AnswerEvent.Failed("q_1", FailureCode.MODEL_TIMEOUT, "It took long.", "Ask again."),
        "failed",
        "{\"id\":\"q_1\",\"code\":\"model-timeout\",\"detail\":\"It took long.\","
            + "\"remedy\":\"Ask again.\",\"retryable\":true}");
    assertWritten(
        new AnswerEvent.Failed("q_1", FailureCode.NO_MODEL, "None is there.", "Choose one."),
        "failed",
        "{\"id\":\"q_1\",\"code\":\"no-model\",\"detail\":\"None is there.\","
            + "\"remedy\":\"Choose one.\",\"retryable\":false}");
  }

  private void assertWritten(AnswerEvent event, String name, String data) throws IOException {
    QueryEvent written = QueryEvent.of(event);

    assertThat(written.name()).isEqualTo(name);
    assertThat(json.writeValueAsString(written.data())).isEqualTo(data);
  }
}
