package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.zhiku.app.start.TemporaryFolder;
import dev.zhiku.app.testing.BrowserProfile;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.app.testing.ServiceProcess.Ended;
import dev.zhiku.app.testing.TestBrowser;
import dev.zhiku.app.testing.TypedCommand;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A person from the invitation to the end, in a browser, over plain HTTP. */
class PeopleIT {
  private static final Pattern LINK = Pattern.compile("http://\\S+/invite#([0-9A-Za-z]+)");
  private static final Pattern DEVICE = Pattern.compile("d_[0-9a-f]{16}");

  private TemporaryFolder folder;

  @BeforeEach
  void make() throws IOException {
    TestBrowser.require();
    folder = TemporaryFolder.make("zhiku-people");
    Files.createDirectories(home().resolve("knowledge/open"));
    Files.writeString(home().resolve("knowledge/open/kettle.txt"), "The kettle is green.");
    Files.createDirectories(home().resolve("knowledge/pay"));
    Files.writeString(home().resolve("knowledge/pay/salaries.txt"), "The salary is secret.");
    assertThat(run("key", "new").exitCode()).isZero();
  }

  @AfterEach
  void remove() {
    folder.close();
  }

  private Path home() {
    return folder.path();
  }

  private Ended run(String... arguments) {
    return TypedCommand.run(home(), arguments);
  }

  private String invite(String... arguments) {
    Ended invited = run(arguments);
    Matcher link = LINK.matcher(invited.output());
    assertThat(link.find()).as(invited.output()).isTrue();
    return link.group();
  }

  @Test
  void an_invitation_signs_a_browser_in_that_stays_so_until_it_is_signed_out() {
    Path profile = home().resolve("profile");
    String base;
    try (ServiceProcess service = ServiceProcess.start(home(), "--host", "0.0.0.0")) {
      String link = invite("invite", "Anna Li");
      base = link.substring(0, link.indexOf("/invite"));
      try (BrowserProfile browser = BrowserProfile.open(profile)) {
        Page page = browser.visit(link);
        assertThat(page.locator("#account-name")).hasText("Anna Li");
        assertThat(page.locator("#status-chip")).not().hasText("Sign-in needed");
        assertThat(page.url()).isEqualTo(base + "/");
        assertThat(page.evaluate("document.cookie")).isEqualTo("");

        Page again = browser.visit(base + "/invite#" + link.substring(link.indexOf('#') + 1));
        assertThat(again.locator("#invitation-problem")).containsText("opens nothing");
      }
      assertThat(service.log()).doesNotContain(link.substring(link.indexOf('#') + 1));
    }

    try (ServiceProcess service = ServiceProcess.start(home(), "--host", "0.0.0.0")) {
      String now =
          URI.create(base).getScheme()
              + "://"
              + URI.create(base).getHost()
              + ":"
              + URI.create(service.url()).getPort();
      try (BrowserProfile browser = BrowserProfile.open(profile)) {
        Page page = browser.visit(now + "/");
        assertThat(page.locator("#account-name")).hasText("Anna Li");
        Matcher device = DEVICE.matcher(run("person", "list").output());
        assertThat(device.find()).isTrue();
        Ended out = run("person", "sign-out", "anna li", device.group());
        assertThat(out.exitCode()).as(out.output()).isZero();
        page.reload();
        assertThat(page.locator("#access-key")).isVisible();
        assertThat(page.locator("#account-name")).hasCount(0);
      }
      String second = invite("invite", "Anna Li");
      try (BrowserProfile browser = BrowserProfile.open(profile)) {
        Page page = browser.visit(second);
        assertThat(page.locator("#account-name")).hasText("Anna Li");
        page.locator("#sign-out").click();
        assertThat(page.locator("#access-key")).isVisible();
      }
      assertThat(run("person", "list").output()).contains("Anna Li").doesNotContain(" used ");
    }
  }

  @Test
  void rules_typed_on_the_command_line_hide_documents_from_the_page_at_once() {
    try (ServiceProcess service = ServiceProcess.start(home(), "--host", "0.0.0.0")) {
      String link = invite("invite", "Bert");
      String base = link.substring(0, link.indexOf("/invite"));
      try (BrowserProfile browser = BrowserProfile.open(home().resolve("profile"))) {
        Page page = browser.visit(link);
        assertThat(page.locator("#account-name")).hasText("Bert");
        page.navigate(base + "/?view=documents");
        assertThat(page.locator("tr[data-path='open/kettle.txt']")).isVisible();
        assertThat(page.locator("tr[data-path='pay/salaries.txt']")).isVisible();

        assertThat(run("access", "allow", "everyone", "open/**").output()).contains("first rule");
        page.reload();
        assertThat(page.locator("tr[data-path='open/kettle.txt']")).isVisible();
        assertThat(page.locator("tr[data-path='pay/salaries.txt']")).hasCount(0);

        run("access", "join", "Bert", "payroll");
        run("access", "allow", "group:payroll", "pay/**");
        page.reload();
        assertThat(page.locator("tr[data-path='pay/salaries.txt']")).isVisible();
        assertThat(run("access", "show", "Bert").output()).contains("payroll", "pay/**");
        assertThat(run("access", "why", "Bert", "salaries.txt").output())
            .contains("Bert sees knowledge:pay/salaries.txt (allowed)");
        run("access", "leave", "bert", "payroll");
        assertThat(run("access", "why", "Bert", "salaries.txt").output())
            .contains("Bert does not see", "not-allowed");
        run("access", "forget", "group:payroll", "pay/**");
        assertThat(run("access", "forget", "everyone", "open/**").output())
            .contains("everybody sees everything");
        assertThat(run("person", "remove", "Bert").exitCode()).isZero();
        page.reload();
        assertThat(page.locator("#access-key")).isVisible();
      }
      assertThat(service.isAlive()).isTrue();
    }
  }
}
