package dev.zhiku.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.answering.chat.ChatException;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The wire of {@code /query}, with a real server, a fixed index, and scripted generators. */
class AnswerControllerTest extends AnswerServer {
  @Test
  void an_answer_has_every_field_of_the_contract() throws Exception {
    var response = post("{\"question\": \"年假有几天？\"}");

    assertThat(response.statusCode()).isEqualTo(200);
    JsonNode body = json(response.body());
    assertThat(names(body))
        .containsExactly(
            "id",
            "status",
            "question",
            "standalone_question",
            "answer",
            "unsupported_answer",
            "reasoning",
            "finish_reason",
            "generator",
            "citations",
            "passages",
            "nearest",
            "budget",
            "warnings",
            "timings_ms");
    assertThat(body.get("status").getStringValue()).isEqualTo("answered");
    assertThat(body.get("answer").getStringValue()).contains("15 天带薪年假").contains("[1]");
    assertThat(body.get("reasoning").isNull()).isTrue();
    assertThat(body.get("finish_reason").getStringValue()).isEqualTo("stop");
    assertThat(body.get("id").getStringValue()).startsWith("q_");
    JsonNode generator = body.get("generator");
    assertThat(generator.get("backend").getStringValue()).isEqualTo("extractive");
    assertThat(generator.get("model").isNull()).isTrue();
    assertThat(generator.get("ai_generated").getBooleanValue()).isFalse();
    assertThat(names(body.get("budget")))
        .containsExactly(
            "context_tokens",
            "prompt_tokens",
            "completion_tokens",
            "passages_offered",
            "passages_fitted",
            "repeated",
            "without_room");
    assertThat(names(body.get("timings_ms")))
        .containsExactly("rewrite", "embed", "search", "generate", "total");
  }

  @Test
  void a_citation_opens_the_pdf_at_its_page_and_quotes_it_word_for_word() throws Exception {
    JsonNode citation = json(post("{\"question\": \"年假有几天？\"}").body()).get("citations").get(0);

    assertThat(names(citation))
        .containsExactly(
            "number",
            "document_id",
            "name",
            "source",
            "path",
            "entry",
            "ordinal",
            "media_type",
            "sha256",
            "modified_at",
            "page",
            "page_label",
            "heading",
            "location",
            "block",
            "quote",
            "quote_masked",
            "verified",
            "recognised",
            "cited_by",
            "url");
    assertThat(citation.get("page").getIntValue()).isEqualTo(12);
    assertThat(citation.get("name").getStringValue()).isEqualTo("员工手册.pdf");
    assertThat(citation.get("entry").isNull()).isTrue();
    assertThat(citation.get("location").getStringValue()).isEqualTo("p. 12");
    assertThat(citation.get("quote").getStringValue()).isEqualTo("正式员工每年享有 15 天带薪年假。");
    assertThat(citation.get("verified").getBooleanValue()).isTrue();
    assertThat(citation.get("modified_at").getStringValue()).isEqualTo("2026-05-01T08:00:00Z");
    assertThat(citation.get("url").getStringValue())
        .isEqualTo(
            "/documents/" + citation.get("document_id").getStringValue() + "/content#page=12");
  }

  @Test
  void a_passage_without_pages_has_a_null_page() throws Exception {
    JsonNode body = json(post("{\"question\": \"Where do I wear goggles?\"}").body());

    JsonNode passage = body.get("passages").get(0);
    assertThat(names(passage))
        .containsExactly(
            "number",
            "document_id",
            "name",
            "source",
            "path",
            "entry",
            "ordinal",
            "media_type",
            "page",
            "heading",
            "location",
            "text",
            "score");
    assertThat(passage.get("page").isNull()).isTrue();
    assertThat(passage.get("heading").isArray()).isTrue();
    assertThat(body.get("citations").get(0).get("url").getStringValue()).endsWith("/content");
  }

  @Test
  void what_nothing_supports_is_said_in_the_language_of_the_question() throws Exception {
    JsonNode english = json(post("{\"question\": \"Who painted the Mona Lisa portrait?\"}").body());
    JsonNode chinese = json(post("{\"question\": \"珠穆朗玛峰海拔是多少米？\"}").body());

    assertThat(english.get("status").getStringValue()).isEqualTo("no_evidence");
    assertThat(english.get("citations").size()).isZero();
    assertThat(english.get("answer").getStringValue()).startsWith("The documents");
    assertThat(chinese.get("status").getStringValue()).isEqualTo("no_evidence");
    assertThat(chinese.get("answer").getStringValue()).startsWith("资料");
  }

  @Test
  void a_refusal_has_the_nearest_of_its_passages_and_an_answer_none() throws Exception {
    JsonNode refused = json(post("{\"question\": \"Who painted the Mona Lisa portrait?\"}").body());
    JsonNode answered = json(post("{\"question\": \"年假有几天？\"}").body());

    assertThat(refused.get("nearest").size()).isPositive();
    assertThat(refused.get("nearest").get(0)).isEqualTo(refused.get("passages").get(0));
    assertThat(answered.get("nearest").isNull()).isTrue();
  }

  @Test
  void a_quoted_phrase_that_stands_nowhere_is_said_so() throws Exception {
    JsonNode body = json(post("{\"question\": \"谁批准“年假翻倍计划”？\"}").body());

    assertThat(body.get("status").getStringValue()).isEqualTo("no_evidence");
    JsonNode warning = body.get("warnings").get(0);
    assertThat(warning.get("code").getStringValue()).isEqualTo("phrase-nowhere");
    assertThat(warning.get("detail").getStringValue()).contains("年假翻倍计划");
  }

  @Test
  void passages_mode_retrieves_and_writes_nothing() throws Exception {
    JsonNode body =
        json(post("{\"question\": \"年假有几天？\", \"mode\": \"passages\", \"top_k\": 1}").body());

    assertThat(body.get("status").getStringValue()).isEqualTo("passages");
    assertThat(body.get("answer").isNull()).isTrue();
    assertThat(body.get("passages").size()).isEqualTo(1);
  }

  @Test
  void a_filter_narrows_what_is_found() throws Exception {
    JsonNode body =
        json(
            post("{\"question\": \"年假有几天？\", \"filter\": {\"path_prefix\": \"lab/\","
                    + " \"modified_after\": \"2026-01-01T00:00:00Z\", \"sources\": null}}")
                .body());

    assertThat(body.get("status").getStringValue()).isEqualTo("no_evidence");
    assertThat(body.get("passages").size()).isEqualTo(1);
    assertThat(body.get("passages").get(0).get("path").getStringValue()).isEqualTo("lab/rules.txt");
  }

  @Test
  void bad_bodies_are_refused_with_their_code() throws Exception {
    assertThat(code(post("{"))).isEqualTo("400 malformed-json");
    assertThat(code(post(""))).isEqualTo("400 malformed-json");
    assertThat(code(post("[]"))).isEqualTo("400 malformed-json");
    assertThat(code(post("{} {}"))).isEqualTo("400 malformed-json");
    assertThat(code(post("{\"question\": \"a\", \"question\": \"b\"}")))
        .isEqualTo("400 malformed-json");
    assertThat(code(post("[".repeat(100_000)))).isEqualTo("400 malformed-json");
    assertThat(code(post("{}"))).isEqualTo("400 question-empty");
    assertThat(code(post("{\"question\": \" \\u3000\\u200b \"}"))).isEqualTo("400 question-empty");
    assertThat(code(post("{\"question\": \"" + "问".repeat(4_097) + "\"}")))
        .isEqualTo("413 question-too-long");
    assertThat(code(post("{\"question\": \"" + "x".repeat(1 << 20) + "\"}")))
        .isEqualTo("413 body-too-large");
    assertThat(code(post("{\"question\": \"a\", \"top_k\": 21}")))
        .isEqualTo("400 value-out-of-range");
    assertThat(code(post("{\"question\": \"a\", \"top_k\": 1e999999999}")))
        .isEqualTo("400 value-out-of-range");
    assertThat(code(post("{\"question\": 7}"))).isEqualTo("400 value-out-of-range");
    assertThat(code(post("{\"question\": \"a\", \"mode\": \"sing\"}")))
        .isEqualTo("400 value-out-of-range");
  }

  @Test
  void a_mistyped_field_is_named_with_the_nearest_known_one() throws Exception {
    var response = post("{\"qestion\": \"a\"}");

    assertThat(code(response)).isEqualTo("400 unknown-field");
    assertThat(response.body()).contains("qestion").contains("question");
  }

  @Test
  void a_body_in_another_encoding_is_refused_with_a_way_out() throws Exception {
    byte[] gbk = "{\"question\": \"年假有几天？\"}".getBytes(Charset.forName("GBK"));
    var undeclared =
        send(
            HttpRequest.newBuilder(uri("/query"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gbk)));
    var declared =
        send(
            HttpRequest.newBuilder(uri("/query"))
                .header("Content-Type", "application/json; charset=GBK")
                .POST(HttpRequest.BodyPublishers.ofByteArray(gbk)));

    assertThat(code(undeclared)).isEqualTo("400 body-not-utf-8");
    assertThat(code(declared)).isEqualTo("400 body-not-utf-8");
  }

  @Test
  void a_model_that_is_away_is_replaced_by_quotes_with_a_warning() throws Exception {
    BACKEND.use(
        new ScriptedChatBackend(
            List.of(
                new ScriptedChatBackend.Step.Fail(
                    new ChatException.Unreachable("127.0.0.1:1", new IOException("refused"))))));
    JsonNode body = json(post("{\"question\": \"年假有几天？\"}").body());

    assertThat(body.get("status").getStringValue()).isEqualTo("answered");
    assertThat(body.get("warnings").get(0).get("code").getStringValue())
        .isEqualTo("model-unreachable");
    assertThat(body.get("generator").get("backend").getStringValue()).isEqualTo("extractive");
  }

  @Test
  void the_model_alone_is_asked_without_passages_and_its_answer_says_so() throws Exception {
    BACKEND.use(ScriptedChatBackend.saying("Hello [1]."));

    JsonNode body = json(post("{\"question\": \"年假有几天？\", \"mode\": \"chat\"}").body());

    assertThat(body.get("status").getStringValue()).isEqualTo("answered");
    assertThat(body.get("answer").getStringValue()).isEqualTo("Hello [1].");
    assertThat(body.get("passages").size()).isZero();
    assertThat(body.get("citations").size()).isZero();
    assertThat(body.get("generator").get("ai_generated").getBooleanValue()).isTrue();
    assertThat(body.get("warnings").get(0).get("code").getStringValue())
        .isEqualTo("not-from-documents");
  }

  @Test
  void
      without_a_model_there_is_nobody_to_talk_to_and_the_way_out_is_told_in_the_questions_language()
          throws Exception {
    var chinese = post("{\"question\": \"你好，今天怎么样？\", \"mode\": \"chat\"}");
    var english =
        events(
            send(request("{\"question\": \"How are you?\", \"mode\": \"chat\"}")
                    .header("Accept", "text/event-stream"))
                .body());

    assertThat(code(chinese)).isEqualTo("400 no-model");
    assertThat(json(chinese.body()).get("remedy").getStringValue())
        .contains("zhiku.generator.backend", "重新启动");
    assertThat(english).extracting(Received::name).containsExactly("retrieved", "failed");
    assertThat(english.getLast().data().get("remedy").getStringValue())
        .contains("zhiku.generator.backend", "start the service again");
  }
}
