package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.sun.net.httpserver.HttpServer;
import dev.zhiku.app.testing.Axe;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.TestBrowser;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The frame that pages of the intranet show, in a real browser against the real service. */
class EmbedIT {
  @TempDir private Path home;

  /** A page of the intranet, at an origin of its own, with the script of a service. */
  private static HttpServer portal(AtomicReference<String> service) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          byte[] page =
              ("<!doctype html><html lang=en><title>Portal</title><p>Lunch</p><script src='"
                      + service.get()
                      + "/embed.js' defer></script>")
                  .getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "text/html; charset=utf-8");
          exchange.sendResponseHeaders(200, page.length);
          exchange.getResponseBody().write(page);
          exchange.close();
        });
    server.start();
    return server;
  }

  private void prepare(String origin) throws IOException {
    Files.createDirectories(home.resolve("knowledge/open"));
    Files.createDirectories(home.resolve("knowledge/pay"));
    Files.writeString(home.resolve("knowledge/open/kettle.txt"), "The kettle of floor 3 is green.");
    Files.writeString(
        home.resolve("knowledge/pay/salary.txt"), "The salary of Norma Quist is 9,000.");
    String made = TypedCommand.run(home, "key", "new", "--label", "embed").output();
    Files.writeString(home.resolve("embed.key"), made.lines().findFirst().orElseThrow());
    Files.writeString(
        home.resolve("zhiku.yml"),
        """
        zhiku:
          embed:
            origins: ["%s"]
            key-file: "%s"
        """
            .formatted(origin, home.resolve("embed.key")));
  }

  private static void checkFrame(Page page, String what) {
    Frame frame = page.querySelector("iframe").contentFrame();
    for (ColorScheme theme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      Axe.check(frame, "frame with " + what + " " + theme);
    }
  }

  @Test
  void a_page_of_a_named_origin_asks_in_a_frame_and_sees_what_the_rules_of_its_key_show()
      throws IOException {
    TestBrowser.require();
    AtomicReference<String> address = new AtomicReference<>("");
    HttpServer portal = portal(address);
    HttpServer stranger = portal(address);
    String origin = "http://127.0.0.1:" + portal.getAddress().getPort();
    prepare(origin);
    try (ServiceProcess service = ServiceProcess.start(home);
        TestBrowser browser = TestBrowser.start("")) {
      address.set(service.url());
      service.awaitRest(ServiceProcess.PATIENCE);
      assertThat(
              TypedCommand.run(
                      home, "access", "allow", "everyone", "open/**", "--source", "knowledge")
                  .exitCode())
          .isZero();

      Page page = browser.visit(origin + "/", "en-US");
      page.locator("#zhiku-embed").click();
      FrameLocator frame = page.frameLocator("iframe");
      assertThat(frame.locator("#embed-form button")).hasText("Ask");
      frame.locator("#embed-question").fill("Which kettle is green?");
      frame.locator("#embed-question").press("Enter");
      assertThat(frame.locator("#embed-sources")).containsText("kettle.txt");
      frame.locator("#embed-question").fill("What is the salary of Norma Quist?");
      frame.locator("#embed-question").press("Enter");
      assertThat(frame.locator("body[data-phase=no_evidence]")).hasCount(1);
      assertThat(frame.locator("body")).not().containsText("9,000");
      checkFrame(page, "nothing found");
      frame.locator("#embed-question").fill("Which kettle is green?");
      frame.locator("#embed-question").press("Enter");
      assertThat(frame.locator("#embed-sources")).containsText("kettle.txt");
      checkFrame(page, "an answer");

      Page other =
          browser.visit("http://127.0.0.1:" + stranger.getAddress().getPort() + "/", "en-US");
      other.locator("#zhiku-embed").click();
      other.waitForTimeout(2_000);
      assertThat(other.frameLocator("iframe").locator("#embed-question")).hasCount(0);
    } finally {
      portal.stop(0);
      stranger.stop(0);
    }
  }
}
