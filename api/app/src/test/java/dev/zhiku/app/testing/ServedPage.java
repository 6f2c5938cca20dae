package dev.zhiku.app.testing;

import com.microsoft.playwright.Page;
import dev.zhiku.app.start.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A service of its own with its page in a browser, for all tests of a class, which registers it as
 * a static extension. After each test the visit ends, and the page must have complained of nothing
 * and asked nobody else. Where there is no browser the class is skipped. Not thread-safe.
 */
public final class ServedPage implements BeforeAllCallback, AfterEachCallback, AfterAllCallback {
  private final Preparation preparation;
  private @Nullable TemporaryFolder home;
  private @Nullable ServiceProcess service;
  private @Nullable TestBrowser browser;

  /** What is done in the home of the service before it starts. */
  public interface Preparation {
    void prepare(Path home) throws IOException;
  }

  public ServedPage() {
    this(home -> {});
  }

  public ServedPage(Preparation preparation) {
    this.preparation = preparation;
  }

  @Override
  public void beforeAll(ExtensionContext context) throws IOException {
    TestBrowser.require();
    home = TemporaryFolder.make("zhiku-page");
    preparation.prepare(home());
    service = ServiceProcess.start(home());
    browser = TestBrowser.start(url());
  }

  /** The folder that the service was started in. */
  public Path home() {
    return Objects.requireNonNull(home).path();
  }

  public ServiceProcess service() {
    return Objects.requireNonNull(service);
  }

  /** Of the service, without a slash at the end. */
  public String url() {
    return service().url();
  }

  /** A visitor who was never here, with the language of their browser. */
  public Page visit(String path, String locale) {
    return browser().visit(path, locale);
  }

  /** Something that must not happen. */
  public void complain(String what) {
    browser().complain(what);
  }

  private TestBrowser browser() {
    return Objects.requireNonNull(browser);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    browser().endVisit();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (browser != null) {
      browser.close();
    }
    if (service != null) {
      service.close();
    }
    if (home != null) {
      home.close();
    }
  }
}
