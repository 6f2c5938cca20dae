package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.RequestOptions;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.FakeModelServer;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Conversations that the service keeps, on the page, in a real browser against the real service;
 * the model is a scripted Ollama that waits where it is told to.
 */
class ConversationsIT {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Longest time from a click or a key to what it shows. */
  private static final Duration FLUID = Duration.ofMillis(200);

  private static final String PAYLOAD =
      "<img src=x onerror=alert(1)><script>alert(2)</script>\"' onmouseover='alert(3)";

  @RegisterExtension static final ServedPage PAGE = new ServedPage(ConversationsIT::prepare);
  private static @Nullable FakeModelServer model;
  private static volatile CountDownLatch go = new CountDownLatch(0);

  private static void prepare(Path home) throws IOException {
    Path folder = Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(folder.resolve("leave.txt"), "Employees have 15 days of annual leave.");
    model = FakeModelServer.start(ConversationsIT::ollama);
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {generator: {backend: ollama, idle-timeout: 5m, ollama: {base-url: \"http://127.0.0.1:%d\"}}}"
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

  private static void ollama(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException, InterruptedException {
    if (request.path().equals("/api/show")) {
      exchange.json("{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[]}");
    } else if (request.body().contains("\"messages\":[]")) {
      exchange.json("{\"done\":true,\"done_reason\":\"load\"}");
    } else {
      exchange.stream("application/x-ndjson");
      exchange.chunk(
          "{\"message\":{\"content\":\"Employees have 15 days of annual leave [1].\\n"
              + "\\n"
              + "\"},\"done\":false}\n");
      assertThat(go.await(3, TimeUnit.MINUTES)).isTrue();
      exchange.chunk(
          "{\"message\":{\"content\":\"All employees have these 15 days of annual leave"
              + " [1].\"},\"done\":false}\n");
      exchange.chunk(
          "{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":90,\"eval_count\":9}\n");
      exchange.end();
    }
  }

  private static long asked() {
    return Objects.requireNonNull(model).requests("/api/chat").stream()
        .filter(request -> !request.body().contains("\"messages\":[]"))
        .count();
  }

  private static Page visit(String path) {
    Page page = PAGE.visit(path, "en-US");
    page.onDialog(
        dialog -> {
          PAGE.complain("dialog " + dialog.message());
          dialog.dismiss();
        });
    return page;
  }

  private static void send(Page page, String question) {
    page.locator("#question").fill(question);
    page.locator("#question").press("Enter");
    assertThat(page.locator("zk-answer h2")).containsText(question);
  }

  private static void ask(Page page, String question) {
    send(page, question);
    assertThat(page.locator("zk-answer article")).hasAttribute("data-phase", "answered");
  }

  private static Locator talks(Page page) {
    return page.locator("#talks .talks-list > li");
  }

  private static void choose(Locator talk, String action) {
    talk.locator("summary").click();
    talk.locator("[data-action=" + action + "]").click();
  }

  @Test
  void an_answer_goes_on_where_it_was_after_a_reload_and_is_written_once() {
    Page page = visit("/");
    go = new CountDownLatch(1);
    long before = asked();
    send(page, "How many days of annual leave?");
    assertThat(page.locator("#answer-text")).containsText("Employees have 15 days");
    assertThat(page.url()).contains("#c=c_");

    page.reload();
    assertThat(page.locator("#answer-text")).containsText("Employees have 15 days");
    go.countDown();
    assertThat(page.locator("zk-answer article")).hasAttribute("data-phase", "answered");
    assertThat(page.locator("#answer-text")).containsText("All employees");
    page.navigate("about:blank");
    page.goBack();
    assertThat(page.locator("#answer-text")).containsText("All employees");
    assertThat(asked() - before).isEqualTo(1);
  }

  @Test
  void a_follow_up_stands_below_what_was_asked_before_and_shows_as_what_it_was_searched() {
    Page page = visit("/");
    ask(page, "How many days of annual leave?");
    send(page, "And how many of it?");
    assertThat(page.locator("zk-answer article")).hasAttribute("aria-busy", "false");

    assertThat(page.locator("zk-turn")).hasCount(1);
    assertThat(page.locator("zk-answer .answer-searched")).containsText("annual leave");
    page.locator("zk-turn a.citation").first().click();
    assertThat(page.locator("#passage-panel")).isVisible();
    page.locator("#panel-close").click();
    page.reload();
    assertThat(page.locator("zk-turn")).hasCount(1);
    page.locator("[data-action=rate-up]").click();
    page.locator("#rating-comment").fill("clear");
    page.locator(".answer-comment button").click();
    assertThat(page.locator(".answer-comment")).hasCount(0);
    page.reload();
    assertThat(page.locator("[data-action=rate-up]")).hasAttribute("aria-pressed", "true");
  }

  @Test
  void conversations_are_renamed_found_pinned_and_deleted_and_another_profile_sees_none() {
    Page page = visit("/");
    ask(page, "How many days of annual leave?");
    page.locator("#begin-anew").click();
    ask(page, "Do employees have annual leave?");
    page.locator("#talks-toggle").click();
    assertThat(talks(page)).hasCount(2);

    choose(talks(page).last(), "rename");
    page.locator("#talk-title").fill("Holidays " + PAYLOAD);
    page.locator("#talk-title").press("Enter");
    assertThat(talks(page).last()).containsText("Holidays <img");
    choose(talks(page).last(), "pin");
    assertThat(talks(page).first()).containsText("Holidays");
    page.locator("#talks-search").fill("holidays days");
    assertThat(talks(page)).hasCount(1);
    page.locator("#talks-search").fill("");
    assertThat(talks(page)).hasCount(2);
    talks(page).first().locator("a.talk").click();
    assertThat(page.locator("zk-answer h2")).containsText("How many days");

    choose(talks(page).first(), "delete");
    page.locator("#talk-delete-confirm").click();
    assertThat(talks(page)).hasCount(1);
    assertThat(page.locator("zk-answer")).hasCount(0);
    String other = talks(page).first().getAttribute("data-id");

    Page stranger = visit("/#c=" + other);
    assertThat(stranger.locator("#question")).isVisible();
    stranger.locator("#talks-toggle").click();
    assertThat(stranger.locator(".talks-empty")).isVisible();
    assertThat(stranger.locator("zk-answer")).hasCount(0);
  }

  @Test
  void what_was_kept_acts_nowhere() {
    Page page = visit("/");
    bringIn(page, file(PAYLOAD, 3, PAYLOAD + " **x** [1] ![p](https://elsewhere.example/p.png)"));
    page.locator("#talks-toggle").click();
    talks(page).first().locator("a.talk").click();
    assertThat(page.locator("zk-turn")).hasCount(2);
    assertThat(page.locator("zk-answer .answer-changed")).containsText("no longer there");
    choose(talks(page).first(), "rename");

    Object acting =
        page.evaluate(
            """
            () => [...document.querySelectorAll('main *')].filter((e) => e.matches('img, script, iframe')
                || [...e.attributes].some(({name}) => name.startsWith('on') || name === 'style')).map((e) => e.outerHTML)
            """);
    assertThat(acting).isEqualTo(List.of());
  }

  @Test
  @Tag("promise")
  void five_hundred_messages_open_at_once_and_writing_stays_fluid() {
    Page page = visit("/");
    bringIn(page, file("Long", 250, "An **answer** of some length. ".repeat(20)));
    page.locator("#talks-toggle").click();
    assertThat(talks(page)).hasCount(1);
    String measure =
        """
        async ({act, until}) => {
          const start = performance.now();
          act();
          while (!until()) await new Promise(requestAnimationFrame);
          await new Promise(requestAnimationFrame);
          return performance.now() - start;
        }
        """;
    Object opened =
        page.evaluate(
            "() => ("
                + measure
                + ")({act: () => document.querySelector('#talks a.talk').click(),"
                + " until: () => document.querySelectorAll('zk-turn').length === 29})");
    page.evaluate("() => { document.querySelector('zk-turn').cameFirst = true; }");
    for (int i = 2; i <= 9; i++) {
      page.locator("#earlier-turns").click();
      assertThat(page.locator("zk-turn")).hasCount(Math.min(30 * i, 250) - 1);
    }
    assertThat(
            page.evaluate(
                "() => [...document.querySelectorAll('zk-turn')].findIndex(turn => turn.cameFirst)"))
        .as("a turn keeps its element when earlier ones come before it")
        .isEqualTo(220);
    Object typed =
        page.evaluate(
            "() => ("
                + measure
                + ")({act: () => { const box = document.querySelector('#question'); box.value ="
                + " 'x'; box.dispatchEvent(new Event('input', {bubbles: true})); }, until: () =>"
                + " true})");
    Object more =
        page.evaluate(
            "() => (" + measure + ")({act: () => scrollTo(0, 0), until: () => scrollY === 0})");
    System.out.println(
        "500 messages: opened " + opened + " ms, typed " + typed + " ms, scrolled " + more + " ms");
    PromisedTime.require("long conversation", FLUID, millis(opened));
    PromisedTime.require("letter in the box", FLUID, millis(typed));
    PromisedTime.require("top of the page", FLUID, millis(more));
    assertThat(page.locator("#earlier-turns")).hasCount(0);
    page.locator("#language").selectOption("zh-CN");
    assertThat(page.locator("zk-turn h2 span").filter(new Locator.FilterOptions().setHasText("答案")))
        .hasCount(249);
  }

  @Test
  void the_list_has_no_violation_that_axe_finds_beside_the_answer_and_as_a_drawer() {
    Page page = visit("/");
    ask(page, "How many days of annual leave?");
    for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
      for (int width : List.of(1440, 390)) {
        page.setViewportSize(width, 800);
        page.locator("#talks-toggle").click();
        assertThat(talks(page)).hasCount(1);
        talks(page).first().locator("summary").click();
        Axe.check(page, scheme + " " + width);
        page.keyboard().press("Escape");
        assertThat(page.locator("#talks")).not().isVisible();
        assertThat(page.locator("#talks-toggle")).isFocused();
      }
    }
  }

  private static Duration millis(Object measured) {
    return Duration.ofMillis(((Number) measured).longValue());
  }

  private static void bringIn(Page page, JsonNode file) {
    int status =
        page.request()
            .post(
                PAGE.url() + "/conversations/import",
                RequestOptions.create()
                    .setHeader("Content-Type", "application/json")
                    .setData(file.toString().getBytes(StandardCharsets.UTF_8)))
            .status();
    assertThat(status).isEqualTo(200);
  }

  /** A conversation as a file, each of whose answers is like one that the service gives. */
  private static JsonNode file(String title, int turns, String words) {
    JsonNode answer = PAGE.service().post("/query", "{\"question\":\"annual leave?\"}").body();
    ObjectNode file = JSON.createObjectNode().put("format", "zhiku-conversation-1");
    file.put("title", title);
    ArrayNode all = file.putArray("turns");
    for (int i = 1; i <= turns; i++) {
      ObjectNode response = answer.deepCopy();
      response.put("answer", words).put("reasoning", words).put("standalone_question", words);
      for (JsonNode citation : response.path("citations")) {
        ((ObjectNode) citation).put("name", words).put("quote", words).put("location", words);
        ((ObjectNode) citation).put("document_id", "d_" + "0".repeat(22)).put("url", words);
      }
      all.addObject()
          .put("mode", "answer")
          .put("question", title + " " + i)
          .put("status", "answered")
          .put("asked_at", "2026-01-01T00:00:00Z")
          .put("answer", words)
          .set("response", response);
    }
    return file;
  }
}
