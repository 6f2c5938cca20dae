package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.FakeModelServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Talking to a model on the page, in a real browser against the real service; the model is a
 * scripted Ollama, and reasoning is configured to be on.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ChatPageIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  @RegisterExtension static final ServedPage PAGE = new ServedPage(ChatPageIT::prepare);
  private static @Nullable FakeModelServer model;

  private static void prepare(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("manual.txt"), "冷却泵每月加一次油，由设备科负责。");
    model = FakeModelServer.start(ChatPageIT::ollama);
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {generator: {backend: ollama, reasoning: true, ollama: {base-url: \"http://127.0.0.1:%d\"}}}"
            .formatted(model.port()));
  }

  @BeforeAll
  static void await() {
    PAGE.service()
        .awaitStatus(
            ServiceProcess.PATIENCE,
            s -> s.at("/files/indexed").asInt() == 1 && s.at("/generator/ready").asBoolean());
  }

  @AfterAll
  static void stop() {
    if (model != null) {
      model.close();
    }
  }

  /** Says how many questions it has seen, with marks that are citations of nothing. */
  private static void ollama(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    if (request.path().equals("/api/show")) {
      exchange.json(
          "{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[\"thinking\"]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      JsonNode asked = JSON.readTree(request.body());
      exchange.stream("application/x-ndjson");
      if (asked.at("/think").asBoolean()) {
        exchange.chunk(
            "{\"message\":{\"content\":\"\",\"thinking\":\"Let me look.\"},\"done\":false}\n");
      }
      exchange.chunk(
          "{\"message\":{\"content\":\"Reply %d, as list[1] says [1].\"},\"done\":false}\n"
              .formatted(said(asked, "user").size()));
      exchange.chunk(
          "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":90,\"eval_count\":9}\n");
      exchange.end();
    }
  }

  private static List<String> said(JsonNode asked, String role) {
    return StreamSupport.stream(asked.at("/messages").spliterator(), false)
        .filter(message -> message.at("/role").asText().equals(role))
        .map(message -> message.at("/content").asText())
        .toList();
  }

  /** What the model was asked, in order. */
  private static List<JsonNode> asked() {
    return Objects.requireNonNull(model).requests("/api/chat").stream()
        .map(FakeModelServer.Request::body)
        .filter(body -> !body.contains("\"messages\":[]"))
        .map(ChatPageIT::json)
        .toList();
  }

  private static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void ask(Page page, String question) {
    page.locator("#question").fill(question);
    page.locator("#question").press("Enter");
    assertThat(page.locator("zk-answer h2")).containsText(question);
    assertThat(page.locator("zk-answer article")).hasAttribute("data-phase", "answered");
  }

  @Test
  @Order(1)
  void the_model_alone_is_chosen_by_keyboard_and_each_turn_is_labelled_and_carried_on() {
    Page page = PAGE.visit("/", "en-US");
    assertThat(page.locator("input[value=answer]")).isChecked();
    page.locator("#question").focus();
    page.keyboard().press("Tab");
    page.keyboard().press("ArrowRight");
    assertThat(page.locator("input[value=chat]")).isChecked();
    assertThat(page.locator("zk-ask h1")).hasText("Talk to the language model");

    ask(page, "Write a greeting.");
    ask(page, "Now in one word.");

    Locator turns = page.locator("#conversation article");
    assertThat(turns).hasCount(2);
    for (int i = 0; i < 2; i++) {
      assertThat(turns.nth(i).locator(".chat-label")).containsText("Without your documents");
      assertThat(turns.nth(i).locator(".badge-ai")).isVisible();
      assertThat(turns.nth(i).locator(".answer-text")).containsText("list[1] says [1]");
    }
    assertThat(page.locator("a.citation, .passages li")).hasCount(0);
    JsonNode last = asked().getLast();
    assertThat(said(last, "user")).hasSize(2).last().isEqualTo("Now in one word.");
    assertThat(said(last, "user").getFirst()).endsWith("\n\nWrite a greeting.");
    assertThat(said(last, "assistant")).containsExactly("Reply 1, as list[1] says [1].");
  }

  @Test
  @Order(2)
  void a_conversation_outlives_a_reload_and_comes_back_without_being_asked_again() {
    Page page = PAGE.visit("/?mode=chat", "zh-CN");
    ask(page, "写一句问候。");
    ask(page, "再短一些。");
    int before = asked().size();

    page.reload();
    assertThat(page.locator("#conversation article")).hasCount(2);
    assertThat(page.locator(".chat-label").first()).containsText("不使用文档");
    assertThat(page.locator("input[value=chat]")).isChecked();
    page.goBack();
    assertThat(page.locator("#conversation")).hasCount(0);
    page.goForward();
    assertThat(page.locator("#conversation article")).hasCount(2);
    assertThat(page.locator("zk-answer h2")).containsText("再短一些。");
    page.locator("#nav-documents").click();
    page.locator("#nav-ask").click();
    assertThat(page.locator("#conversation article")).hasCount(2);
    assertThat(asked()).hasSize(before);

    page.locator("#begin-anew").click();
    assertThat(page.locator("#conversation")).hasCount(0);
    assertThat(page.locator("input[value=chat]")).isChecked();
    ask(page, "换个话题。");
    assertThat(said(asked().getLast(), "user")).hasSize(1);
    assertThat(said(asked().getLast(), "user").getFirst()).endsWith("\n\n换个话题。");
    page.navigate(PAGE.url());
    assertThat(page.locator("input[value=answer]")).isChecked();
  }

  @Test
  @Order(3)
  void reasoning_is_as_configured_until_the_asker_chooses_and_comes_folded() {
    Page page = PAGE.visit("/?mode=chat", "en-US");
    assertThat(page.locator("#reasoning")).isChecked();
    ask(page, "Is it so?");
    assertThat(asked().getLast().at("/think").asBoolean()).isTrue();
    Locator reasoning = page.locator("zk-answer details.answer-reasoning");
    assertThat(reasoning.locator(".pre")).isHidden();
    reasoning.locator("summary").click();
    assertThat(reasoning.locator(".pre")).hasText("Let me look.");

    page.locator("#reasoning").uncheck();
    ask(page, "And now?");
    assertThat(asked().getLast().at("/think").asBoolean()).isFalse();
    assertThat(page.locator("zk-answer details.answer-reasoning")).hasCount(0);
  }

  @Test
  @Order(4)
  void other_programs_too_get_reasoning_as_configured_unless_they_say() {
    ServiceProcess running = PAGE.service();
    String chat = "{\"question\": \"q\", \"mode\": \"chat\"%s}";
    String completion =
        "{\"model\": \"zhiku-chat\", \"messages\": [{\"role\": \"user\", \"content\": \"q\"}]%s}";

    assertThat(thinks("/query", chat.formatted(""))).isTrue();
    assertThat(thinks("/query", chat.formatted(", \"reasoning\": false"))).isFalse();
    assertThat(thinks("/v1/chat/completions", completion.formatted(""))).isTrue();
    assertThat(
            thinks(
                "/v1/chat/completions", completion.formatted(", \"reasoning_effort\": \"none\"")))
        .isFalse();
    assertThat(running.get("/status").body().at("/generator/reasoning").asBoolean()).isTrue();
  }

  private static boolean thinks(String path, String body) {
    assertThat(PAGE.service().post(path, body).status()).isEqualTo(200);
    return asked().getLast().at("/think").asBoolean();
  }

  @Test
  @Order(5)
  void a_model_that_is_away_is_said_with_the_way_out_and_the_documents_can_be_asked_instead() {
    Objects.requireNonNull(model).close();
    PAGE.service().awaitStatus(ServiceProcess.PATIENCE, s -> !s.at("/generator/ready").asBoolean());
    Page page = PAGE.visit("/?mode=chat", "zh-CN");
    assertThat(page.locator("#model-state")).isVisible();

    page.locator("#question").fill("冷却泵多久加一次油？");
    page.locator("#ask").click();

    Locator problem = page.locator("#answer-problem");
    assertThat(problem).hasAttribute("data-code", "model-unreachable");
    assertThat(problem).containsText("无法连接语言模型");
    assertThat(problem).containsText("启动模型服务");
    assertThat(problem.locator("code")).hasText("model-unreachable");
    page.locator("#ask-documents").click();
    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
    assertThat(page.locator("#answer-text")).containsText("每月加一次油");
    assertThat(page.locator("input[value=answer]")).isChecked();
    assertThat(page.locator("li[data-code=model-unreachable]")).isVisible();
  }
}
