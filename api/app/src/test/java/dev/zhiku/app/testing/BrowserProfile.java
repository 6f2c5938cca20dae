package dev.zhiku.app.testing;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.assertions.PlaywrightAssertions;
import java.nio.file.Path;
import java.util.Map;

/**
 * Chromium with a profile in a folder: whoever opens the folder again after closing it has the
 * cookies of before. Where it is not installed the test is skipped. Not thread-safe.
 */
public final class BrowserProfile implements AutoCloseable {
  private final Playwright playwright;
  private final BrowserContext context;

  private BrowserProfile(Path folder) {
    PlaywrightAssertions.setDefaultAssertionTimeout(TestBrowser.PATIENCE_MILLIS);
    playwright =
        Playwright.create(
            new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
    context =
        playwright
            .chromium()
            .launchPersistentContext(
                folder,
                new BrowserType.LaunchPersistentContextOptions()
                    .setExecutablePath(TestBrowser.CHROMIUM)
                    .setTimeout(TestBrowser.PATIENCE_MILLIS)
                    .setLocale("en-US")
                    .setArgs(TestBrowser.ARGUMENTS));
    context.setDefaultTimeout(TestBrowser.PATIENCE_MILLIS);
  }

  /** Opens the profile, made if need be. */
  public static BrowserProfile open(Path folder) {
    TestBrowser.require();
    return new BrowserProfile(folder);
  }

  /** A page at an address. */
  public Page visit(String url) {
    Page page = context.newPage();
    page.navigate(url);
    return page;
  }

  @Override
  public void close() {
    context.close();
    playwright.close();
  }
}
