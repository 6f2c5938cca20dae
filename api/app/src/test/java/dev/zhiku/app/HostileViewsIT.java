package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.microsoft.playwright.APIResponse;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.options.Media;
import dev.zhiku.app.testing.PageAnswers;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The payloads of {@link HostilePageIT} at every place of the other views where a text of somebody
 * else is shown: what is found, the evidence sheet, on paper, the administration, the frame.
 */
@Tag("long")
class HostileViewsIT {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = String.join(" ", HostilePageIT.PAYLOADS);

  /** Fields that the page compares or counts with; every other text is somebody's words. */
  private static final Set<String> OF_THE_SERVICE =
      Set.of(
          "id", "state", "role", "code", "status", "kind", "origin", "library", "phase", "reason");

  private static final Pattern ADMINISTERED =
      Pattern.compile(
          "/(models|sources|trash|persons|keys|groups|access/rules|health/ready|audit)");

  @RegisterExtension static final ServedPage PAGE = new ServedPage(HostileViewsIT::prepare);

  private static void prepare(Path home) throws IOException {
    Files.createDirectories(home.resolve("knowledge"));
    Files.writeString(home.resolve("knowledge/kettle.txt"), "The kettle of floor 3 is green.");
    String made = TypedCommand.run(home, "key", "new", "--label", "embed").output();
    Files.writeString(home.resolve("embed.key"), made.lines().findFirst().orElseThrow());
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {embed: {origins: [\"http://portal.example\"], key-file: \"%s\"}}"
            .formatted(home.resolve("embed.key")));
  }

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  private static Page visit(String path) {
    Page page = PAGE.visit(path, "en-US");
    page.onDialog(
        dialog -> {
          PAGE.complain("dialog " + dialog.message());
          dialog.dismiss();
        });
    page.onPopup(popup -> PAGE.complain("popup " + popup.url()));
    return page;
  }

  private static void give(Route route, JsonNode body) {
    route.fulfill(
        new Route.FulfillOptions().setContentType("application/json").setBody(body.toString()));
  }

  @Test
  void nothing_in_what_is_found_acts() {
    ObjectNode found = JSON.createObjectNode().put("q", ALL).put("documents", 1).put("passages", 1);
    found.put("complete", true).put("unread", 0);
    ArrayNode items = found.putArray("items");
    for (String payload : HostilePageIT.PAYLOADS) {
      found.withArray("/folders").addObject().put("source", payload).put("folder", payload);
      found.withArray("/types").addObject().put("media_type", payload).put("documents", 1);
      ObjectNode item = items.addObject().put("document_id", payload).put("name", payload);
      item.put("source", payload).put("path", payload).put("passages", 2);
      ObjectNode held = item.putArray("held").addObject().put("ordinal", 0).put("text", payload);
      held.put("location", payload).putArray("heading").add(payload);
    }
    Page page = visit("/?view=search");
    page.route(url -> url.contains("/search?"), route -> give(route, found));
    page.locator("#search-words").fill(HostilePageIT.PAYLOADS.getFirst());
    page.locator("#search-words").press("Enter");

    assertThat(page.locator(".search-item")).hasCount(HostilePageIT.PAYLOADS.size());
    HostilePageIT.check(page);
  }

  @Test
  void nothing_on_an_evidence_sheet_acts_on_the_screen_and_on_paper() {
    Page page = visit("/");
    PageAnswers.give(page, PageAnswers.written(ALL + " Cited [1].", ALL, ALL, ALL));
    PageAnswers.giveView(page, "line", HostilePageIT.PAYLOADS);
    page.route(
        url -> url.contains("/conversations"),
        route ->
            route.fulfill(
                new Route.FulfillOptions()
                    .setStatus(404)
                    .setContentType("application/problem+json")
                    .setBody("{\"code\":\"conversations-off\"}")));
    page.locator("#question").fill(ALL.substring(0, 2_000));
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("aria-busy", "false");
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    HostilePageIT.check(page);
    assertThat(page.pdf()).isNotEmpty();
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.SCREEN));

    page.locator("[data-action=sheet]").click();
    assertThat(page.locator(".sheet-answer h2")).containsText("<script>alert(1)</script>");
    assertThat(page.locator(".sheet-quote").first()).isVisible();
    HostilePageIT.check(page);
    page.emulateMedia(new Page.EmulateMediaOptions().setMedia(Media.PRINT));
    HostilePageIT.check(page);
    assertThat(page.pdf()).isNotEmpty();
  }

  @Test
  void nothing_in_the_administration_acts() {
    ServiceProcess service = PAGE.service();
    String id = service.upload("gone.md", "The gong is bronze.").body().at("/id").asText();
    assertThat(service.delete("/documents/" + id).status()).isEqualTo(204);
    service.post("/invitations", "{\"name\":\"Vera\"}");
    Page page = visit("/");
    page.route(
        url -> ADMINISTERED.matcher(url).find() && !url.contains("/assets/"),
        route -> {
          APIResponse real = route.fetch();
          give(route, poisoned(read(real.body())));
        });
    for (String panel :
        List.of("overview", "models", "sources", "trash", "persons", "keys", "clients", "rights")) {
      page.navigate(PAGE.url() + "/?view=manage&panel=" + panel);
      assertThat(page.locator("#manage-" + panel)).hasAttribute("aria-current", "page");
      assertThat(page.locator(".manage-loading")).hasCount(0);
      if (List.of("sources", "trash", "persons").contains(panel)) {
        assertThat(page.locator("zk-manage")).containsText("<script>alert(1)</script>");
      }
      HostilePageIT.check(page);
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with every text but those of the service replaced by all payloads. */
  private static JsonNode poisoned(JsonNode node) {
    if (node instanceof ObjectNode object) {
      for (String name : List.copyOf(names(object))) {
        JsonNode value = object.get(name);
        if (!value.isTextual()) {
          poisoned(value);
        } else if (!OF_THE_SERVICE.contains(name) && !name.endsWith("_at")) {
          object.put(name, ALL);
        }
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).isTextual()) {
          array.set(i, JSON.getNodeFactory().textNode(ALL));
        } else {
          poisoned(array.get(i));
        }
      }
    }
    return node;
  }

  private static List<String> names(ObjectNode object) {
    return object.properties().stream().map(Map.Entry::getKey).toList();
  }

  @Test
  void nothing_in_the_frame_for_other_pages_acts() {
    Page page = visit("/embed");
    PageAnswers.give(page, PageAnswers.written(ALL + " Cited [1].", ALL, ALL, ALL));
    page.locator("#embed-question").fill("Which kettle?");
    page.locator("#embed-question").press("Enter");

    assertThat(page.locator("#embed-sources")).containsText("<script>alert(1)</script>");
    assertThat(page.locator("#embed-answer")).containsText("<script>alert(1)</script>");
    HostilePageIT.check(page);
  }

  @Test
  void nothing_in_the_plain_form_acts() throws IOException {
    Files.writeString(PAGE.home().resolve("knowledge/hostile.txt"), "Samovar. " + ALL);
    PAGE.service().awaitStatus(ServiceProcess.PATIENCE, s -> s.at("/files/indexed").asInt() == 2);
    Page page = visit("/plain");
    page.locator("#question").fill("Samovar <script>alert(1)</script>");
    page.locator("button").click();

    assertThat(page.locator("blockquote").first()).containsText("<script>alert(1)</script>");
    assertThat(page.locator("#question")).hasValue("Samovar <script>alert(1)</script>");
    assertThat(page.locator("main :is(script, img, iframe, svg, style, link)")).hasCount(0);
  }
}
