package dev.zhiku.app.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * Chromium before the page of one service, one visit at a time. Where it is not installed the test
 * is skipped, unless {@code TEST_REQUIRE=browser}. Not thread-safe.
 */
public final class TestBrowser implements AutoCloseable {
  /** Longest wait for what the page should show. */
  static final double PATIENCE_MILLIS = 120_000;

  static final Path CHROMIUM = Path.of("/usr/bin/chromium");

  static final List<String> ARGUMENTS =
      List.of(
          "--no-sandbox",
          "--disable-gpu",
          "--disable-background-networking",
          "--disable-component-update",
          "--no-first-run");

  private final String url;
  private final Playwright playwright;
  private final Browser browser;
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private @Nullable BrowserContext context;

  private TestBrowser(String url) {
    this.url = url;
    PlaywrightAssertions.setDefaultAssertionTimeout(PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    browser =
        playwright
            .chromium()
            .launch(
                new BrowserType.LaunchOptions()
                    .setExecutablePath(CHROMIUM)
                    .setTimeout(PATIENCE_MILLIS)
                    .setArgs(ARGUMENTS));
  }

  /** Skips the test where there is no browser; call it before anything costly is started. */
  public static void require() {
    boolean found = Files.isExecutable(CHROMIUM);
    if (!"browser".equals(System.getenv("TEST_REQUIRE"))) {
      assumeTrue(found, "no " + CHROMIUM + ": apt install chromium");
    }
    assertThat(found).as("%s is there", CHROMIUM).isTrue();
  }

  /**
   * Starts it.
   *
   * @param url of the service, without a slash at the end
   */
  public static TestBrowser start(String url) {
    require();
    return new TestBrowser(url);
  }

  /** A visitor who was never here, with the language of their browser. */
  public Page visit(String path, String locale) {
    BrowserContext fresh = browser.newContext(new Browser.NewContextOptions().setLocale(locale));
    fresh.setDefaultTimeout(PATIENCE_MILLIS);
    context = fresh;
    Page page = fresh.newPage();
    page.onPageError(complaints::add);
    page.onConsoleMessage(
        message -> {
          if (message.type().equals("error") && !message.text().contains("Failed to load")) {
            complaints.add(message.text());
          }
        });
    page.onRequest(request -> requests.add(request.url()));
    page.navigate(url + path);
    return page;
  }

  /** Something that must not happen. */
  public void complain(String what) {
    complaints.add(what);
  }

  /**
   * Ends the visit.
   *
   * @throws AssertionError if the page complained, or asked anybody else but the service
   */
  public void endVisit() {
    if (context != null) {
      context.close();
      context = null;
    }
    List<String> complained = List.copyOf(complaints);
    List<String> requested = List.copyOf(requests);
    complaints.clear();
    requests.clear();
    assertThat(complained).as("console and page errors").isEmpty();
    assertThat(requested)
        .as("every request stays at the service")
        .allMatch(r -> r.startsWith(url) || r.startsWith("data:") || r.startsWith("blob:"));
  }

  @Override
  public void close() {
    browser.close();
    playwright.close();
  }
}
