package dev.zhiku.server.pictures;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.answering.answer.ScriptedChatBackend;
import dev.zhiku.server.http.TestServer;
import dev.zhiku.server.openai.V1Server;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures in questions, before a recognition that takes the bytes of a picture for its text. */
@Timeout(300)
class QuestionPicturesTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private final BytesAsText recognition = new BytesAsText();
  private final V1Server server;

  QuestionPicturesTest(@TempDir Path folder) {
    server = V1Server.start(folder, new TestServer.Settings().ollamaPort().pictures(recognition));
  }

  private static final class BytesAsText implements PictureText {
    private final CountDownLatch begun = new CountDownLatch(1);
    private volatile CountDownLatch held = new CountDownLatch(0);
    private volatile boolean there = true;

    @Override
    public boolean isThere() {
      return there;
    }

    @Override
    public Optional<String> read(byte[] picture) throws InterruptedException {
      begun.countDown();
      held.await();
      return Optional.of(new String(picture, StandardCharsets.UTF_8)).filter(t -> !t.isBlank());
    }
  }

  private ScriptedChatBackend model;

  @BeforeEach
  void write() {
    model = ScriptedChatBackend.saying("Seen.");
    server.backend.use(model);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String picture(String text) {
    return "{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,"
        + base64(text)
        + "\"}}";
  }

  private static String said(String text) {
    return "{\"type\":\"text\",\"text\":\"" + text + "\"}";
  }

  private HttpResponse<String> chat(String model, String parts) {
    return server.http.postJson(
        "/v1/chat/completions",
        "{\"model\":\""
            + model
            + "\",\"messages\":[{\"role\":\"user\",\"content\":["
            + parts
            + "]}]}");
  }

  private static String error(HttpResponse<String> response) throws Exception {
    JsonNode error = JSON.readTree(response.body()).at("/error");
    return response.statusCode()
        + " "
        + error.at("/code").asText()
        + " "
        + error.at("/param").asText();
  }

  @Test
  void the_text_of_a_picture_joins_the_question_and_says_where_it_is_from() {
    assertThat(
            chat(
                    "zhiku-chat",
                    said("What is this?") + "," + picture("Total 15") + "," + picture("B"))
                .statusCode())
        .isEqualTo(200);

    assertThat(model.prompts().getLast().question())
        .isEqualTo(
            "What is this?\n\nText recognised in a picture:\nTotal 15"
                + "\n\nText recognised in a picture:\nB");
  }

  @Test
  void documents_are_searched_for_what_a_picture_asks() throws Exception {
    server.quoteAgain();

    HttpResponse<String> response = chat("zhiku", picture("年假有几天？"));

    assertThat(JSON.readTree(response.body()).at("/choices/0/message/content").asText())
        .startsWith("正式员工每年享有 15 天带薪年假。 [1]");
  }

  @Test
  void a_model_that_answers_from_documents_is_told_what_was_recognised() {
    chat("zhiku", said("年假有几天？") + "," + picture("员工手册"));

    assertThat(model.prompts().getLast().question()).isEqualTo("年假有几天？\n\n员工手册");
    assertThat(model.prompts().getLast().system()).contains("从图片中识别");
  }

  @Test
  void responses_and_ollamas_protocol_read_them_too() throws Exception {
    HttpResponse<String> response =
        server.http.postJson(
            "/v1/responses",
            "{\"model\":\"zhiku-chat\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":"
                + "\"input_text\",\"text\":\"这是什么？\"},{\"type\":\"input_image\",\"image_url\":"
                + "\"data:image/jpeg;base64,"
                + base64("十五")
                + "\"}]}]}");
    server.http.postJson(
        "/api/chat",
        "{\"model\":\"zhiku-chat\",\"stream\":false,\"messages\":[{\"role\":\"user\",\"content\":\"這是什麼？\","
            + "\"images\":[\""
            + base64("十五")
            + "\"]}]}");

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    assertThat(model.prompts())
        .extracting(prompt -> prompt.question())
        .containsExactly("这是什么？\n\n图片中识别出的文字：\n十五", "這是什麼？\n\n圖片中辨識出的文字：\n十五");
  }

  @Test
  void an_answer_that_is_remembered_has_the_text_and_not_the_picture() throws Exception {
    String first =
        server
            .http
            .postJson(
                "/v1/responses",
                "{\"model\":\"zhiku-chat\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":"
                    + "\"input_image\",\"image_url\":\"data:;base64,"
                    + base64("Total 15")
                    + "\"}]}]}")
            .body();

    server.http.postJson(
        "/v1/responses",
        "{\"model\":\"zhiku-chat\",\"input\":\"Again?\",\"previous_response_id\":"
            + JSON.readTree(first).at("/id")
            + "}");

    assertThat(model.prompts().getLast().history().getFirst().content()).endsWith("Total 15");
  }

  @Test
  void a_long_text_is_cut_at_what_a_question_may_have() throws Exception {
    HttpResponse<String> response = chat("zhiku", said("年假") + "," + picture("x".repeat(9_000)));

    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://example.com/a.png",
        "file:///etc/passwd",
        "data:image/png,raw",
        "data:image/png;base64,%%%%"
      })
  void nothing_is_fetched_and_nothing_else_is_read(String address) throws Exception {
    HttpResponse<String> response =
        chat("zhiku", "{\"type\":\"image_url\",\"image_url\":{\"url\":\"" + address + "\"}}");

    assertThat(error(response)).isEqualTo("400 value_out_of_range messages[0].content");
    assertThat(response.body()).contains("data:image/png;base64");
  }

  @Test
  void a_picture_without_text_is_refused() throws Exception {
    HttpResponse<String> response = chat("zhiku-chat", said("What?") + "," + picture(" "));

    assertThat(error(response)).isEqualTo("400 value_out_of_range messages[0].content");
    assertThat(response.body()).contains("PNG");
  }

  @Test
  void without_recognition_pictures_are_refused_with_the_reason() throws Exception {
    recognition.there = false;

    HttpResponse<String> response = chat("zhiku-chat", said("What?") + "," + picture("x"));

    assertThat(error(response)).isEqualTo("400 value_out_of_range messages[0].content");
    assertThat(response.body()).contains("Tesseract", "ingest.ocr");
  }

  @Test
  void their_number_and_their_size_have_a_most() throws Exception {
    String many = String.join(",", Collections.nCopies(QuestionPictures.MOST + 1, picture("x")));

    HttpResponse<String> tooMany = chat("zhiku-chat", many);
    HttpResponse<String> tooLarge =
        chat("zhiku-chat", picture("x".repeat(QuestionPictures.MAX_BYTES + 3)));

    assertThat(error(tooMany)).isEqualTo("400 value_out_of_range messages[0].content");
    assertThat(tooMany.body()).contains("at most 4 pictures");
    assertThat(error(tooLarge)).isEqualTo("400 value_out_of_range messages[0].content");
    assertThat(tooLarge.body()).contains("5 MiB");
  }

  @Test
  void a_client_has_the_pictures_of_one_question_read_at_a_time() throws Exception {
    recognition.held = new CountDownLatch(1);
    CompletableFuture<HttpResponse<String>> first =
        CompletableFuture.supplyAsync(() -> chat("zhiku-chat", picture("first")));
    assertThat(recognition.begun.await(60, TimeUnit.SECONDS)).isTrue();

    HttpResponse<String> second = chat("zhiku-chat", picture("second"));
    recognition.held.countDown();

    assertThat(second.statusCode()).isEqualTo(429);
    assertThat(second.headers().firstValue("retry-after")).isPresent();
    assertThat(first.get().statusCode()).isEqualTo(200);
  }
}
