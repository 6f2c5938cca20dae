package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.server.FakeModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What administrators see and change on the page, in a real browser against the real service; the
 * models are those of a scripted Ollama.
 */
class AdministrationIT {
  private static final List<String> PANELS =
      List.of("overview", "models", "sources", "trash", "persons", "keys", "clients", "rights");

  @RegisterExtension static final ServedPage PAGE = new ServedPage(AdministrationIT::prepare);
  private static @Nullable FakeModelServer ollama;

  private static void prepare(Path home) throws IOException {
    for (String file : List.of("knowledge/open/kettle.txt", "knowledge/pay/salaries.txt")) {
      Path path = home.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, "The kettle of floor 3 is green.");
    }
    Files.createDirectories(home.resolve("contracts"));
    Files.writeString(home.resolve("contracts/lease.txt"), "The lease ends in May.");
    ollama = FakeModelServer.start(AdministrationIT::answer);
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {generator: {ollama: {base-url: \"http://127.0.0.1:%d\"}}}"
            .formatted(ollama.port()));
  }

  private static void answer(FakeModelServer.Request request, FakeModelServer.Exchange exchange)
      throws IOException {
    switch (request.path()) {
      case "/api/tags" ->
          exchange.json(
              "{\"models\":[{\"name\":\"deepseek-r1:7b\",\"size\":4683075271,\"details\":"
                  + "{\"parameter_size\":\"7.6B\",\"quantization_level\":\"Q4_K_M\"}}]}");
      case "/api/show" ->
          exchange.json("{\"model_info\":{\"qwen2.context_length\":131072},\"capabilities\":[]}");
      default -> {
        exchange.stream("application/x-ndjson");
        exchange.chunk("{\"message\":{\"content\":\"I am a fake.\"},\"done\":false}\n");
        exchange.chunk("{\"message\":{\"content\":\"\"},\"done\":true,\"done_reason\":\"stop\"}\n");
        exchange.end();
      }
    }
  }

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  @AfterAll
  static void stop() {
    if (ollama != null) {
      ollama.close();
    }
  }

  private static Page visit(String panel, String locale) {
    Page page = PAGE.visit("/?view=manage&panel=" + panel, locale);
    assertThat(page.locator("#manage-heading")).isVisible();
    assertThat(page.locator("#nav-manage")).hasAttribute("aria-current", "page");
    return page;
  }

  private static Locator thing(Page page, String name) {
    return page.locator(".manage-thing[data-name='" + name + "']");
  }

  @Test
  void no_panel_has_a_violation_that_axe_finds_and_none_is_wider_than_its_window() {
    String id = PAGE.service().upload("trashed.md", "Nothing.").body().at("/id").asText();
    assertThat(PAGE.service().delete("/documents/" + id).status()).isEqualTo(204);
    Page page = visit("overview", "zh-CN");
    for (String panel : PANELS) {
      page.locator("#manage-" + panel).click();
      assertThat(page.locator("#manage-" + panel)).hasAttribute("aria-current", "page");
      assertThat(page.locator(".manage-loading")).hasCount(0);
      for (int width : List.of(1440, 320)) {
        page.setViewportSize(width, 800);
        page.locator("#language").selectOption(width == 1440 ? "zh-CN" : "en");
        Axe.checkInBothThemes(page, panel + " at " + width);
      }
    }
  }

  @Test
  void a_client_is_given_its_settings_and_shown_what_it_would_see() {
    Page page = visit("clients", "en-US");
    page.locator("#clients-which").selectOption("chatbox");
    Locator settings = page.locator("#clients-settings[data-client=chatbox]");
    assertThat(settings).containsText(PAGE.service().url() + "/v1");
    assertThat(settings).containsText("YOUR_KEY");
    page.locator("[data-action=key]").click();
    assertThat(settings).containsText("kb_");
    page.locator("#clients-test input[name=question]").fill("Which kettle is green?");
    page.locator("#clients-test button[type=submit]").click();
    assertThat(page.locator("[data-check=models][data-well=yes]")).containsText("zhiku");
    assertThat(page.locator("[data-check=question][data-well=yes]")).containsText("kettle.txt");
    page.locator("#clients-which").selectOption("ollama-js");
    assertThat(page.locator("#clients-elsewhere")).containsText("./zhiku connect ollama-js");
  }

  @Test
  void a_model_is_chosen_tried_and_given_up_again() {
    Page page = visit("models", "en-US");
    assertThat(page.locator("#models-now")).containsText("no model writes");
    thing(page, "deepseek-r1:7b").locator("[data-action=use]").click();
    assertThat(page.locator("#models-now")).containsText("deepseek-r1:7b writes the answers");
    page.locator("[data-action=try]").click();
    assertThat(page.locator("#models-trial")).containsText("I am a fake.");
    page.locator("[data-action=previous]").click();
    assertThat(page.locator("#models-now")).containsText("no model writes");

    page.locator("#models-order [name=name]").fill("/nowhere/model.gguf");
    page.locator("#models-order button").click();
    assertThat(page.locator("#manage-problem, #models-pull[data-state=failed]").first())
        .isVisible();
  }

  @Test
  void a_folder_is_added_left_alone_and_removed_after_a_second_click() {
    Page page = visit("sources", "en-US");
    page.locator("#sources-add [name=name]").fill("contracts");
    page.locator("#sources-add [name=path]").fill(PAGE.home().resolve("contracts").toString());
    page.locator("#sources-add button").click();
    Locator added = thing(page, "contracts");
    assertThat(added).containsText("In use");
    added.locator("[data-action=hold]").click();
    assertThat(added).containsText("Not updated");
    added.locator("[data-action=resume]").click();
    assertThat(added).containsText("In use");

    added.locator("[data-action=remove]").click();
    assertThat(added).containsText("the files stay");
    added.locator("[data-action=remove-really]").click();
    assertThat(added).hasCount(0);
    assertThat(PAGE.home().resolve("contracts/lease.txt")).exists();
  }

  @Test
  void a_deleted_file_is_put_back_elsewhere_when_its_place_is_taken() throws IOException {
    ServiceProcess service = PAGE.service();
    String id = service.upload("gone.md", "The gong is bronze.").body().at("/id").asText();
    assertThat(service.delete("/documents/" + id).status()).isEqualTo(204);
    Files.writeString(PAGE.home().resolve("knowledge/gone.md"), "Nothing.");
    Page page = visit("trash", "en-US");
    Locator deleted = thing(page, id);
    assertThat(deleted).containsText("gone.md");
    assertThat(deleted).containsText("kept until");
    deleted.locator("[data-action=restore]").click();
    assertThat(page.locator("#manage-problem")).containsText("gone.md");
    deleted.locator("[name=path]").fill("again/gone.md");
    deleted.locator("[data-action=restore-as]").click();

    assertThat(deleted).hasCount(0);
    assertThat(page.locator("#manage-said")).containsText("Put back");
    assertThat(PAGE.home().resolve("knowledge/again/gone.md")).hasContent("The gong is bronze.");
  }

  @Test
  void who_is_invited_as_a_reader_sees_no_administration() {
    Page page = visit("persons", "en-US");
    page.locator("#persons-invite [name=name]").fill("Anna <b>Li</b>");
    page.locator("#persons-invite button").click();
    String link = page.locator("#manage-once").textContent();
    assertThat(thing(page, "Anna <b>Li</b>")).containsText("1 invitation waiting");

    Page hers = PAGE.visit(link.substring(link.indexOf("/invite")), "en-US");
    assertThat(hers.locator("#account-name")).hasText("Anna <b>Li</b>");
    assertThat(hers.locator("#nav-documents")).isVisible();
    assertThat(hers.locator("#nav-manage")).hasCount(0);
    hers.navigate(PAGE.url() + "/?view=manage&panel=persons");
    assertThat(hers.locator("#manage-refused")).containsText("Only administrators");
    assertThat(hers.locator(".manage-thing")).hasCount(0);

    page.reload();
    assertThat(thing(page, "Anna <b>Li</b>")).containsText("signed in on 1 device");
    thing(page, "Anna <b>Li</b>").locator("[data-action=remove]").click();
    thing(page, "Anna <b>Li</b>").locator("[data-action=remove-really]").click();
    assertThat(thing(page, "Anna <b>Li</b>")).hasCount(0);
  }

  @Test
  void the_secret_of_a_key_is_shown_once_and_opens_nothing_when_it_is_revoked() {
    Page page = visit("keys", "zh-CN");
    page.locator("#keys-make [name=label]").fill("报表");
    page.locator("#keys-make [name=days]").selectOption("30");
    page.locator("#keys-make button").click();
    assertThat(page.locator("#manage-once")).containsText("kb_");
    assertThat(thing(page, "报表")).containsText("有效至");
    page.reload();
    assertThat(thing(page, "报表")).isVisible();
    assertThat(page.locator("#manage-once")).hasCount(0);

    thing(page, "报表").locator("[data-action=revoke]").click();
    thing(page, "报表").locator("[data-action=revoke-really]").click();
    assertThat(page.locator(".manage-more summary")).containsText("已失效的密钥（1）");
  }

  @Test
  void a_rule_says_who_sees_what_and_the_page_says_what_it_comes_to() {
    PAGE.service().post("/invitations", "{\"name\":\"Bert\"}");
    Page page = visit("rights", "en-US");
    page.locator("#rights-group [name=name]").fill("office");
    page.locator("#rights-group [name=members]").fill("Bert");
    page.locator("#rights-group button").click();
    assertThat(thing(page, "office")).containsText("Bert");
    page.locator("#rights-add [name=subject]").fill("group:office");
    page.locator("#rights-add [name=path]").fill("open/");
    page.locator("#rights-add button").click();
    assertThat(page.locator("#rights-list li")).containsText("The group “office” may see open/**");

    page.locator("#rights-sight [name=subject]").fill("Bert");
    page.locator("#rights-sight [name=document]").fill("pay/salaries.txt");
    page.locator("#rights-sight button").click();
    assertThat(page.locator("#rights-seen")).containsText("sees 1 documents");
    assertThat(page.locator("#rights-why")).containsText("pay/salaries.txt is not seen");

    page.locator("[data-action=delete-rule]").click();
    assertThat(page.locator("#rights-list")).hasCount(0);
  }
}
