package dev.zhiku.app;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.BoundingBox;
import dev.zhiku.app.testing.ServedPage;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.generators.testing.PromisedTime;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The way of somebody who never saw the page: a file in, a question, and the place it rests on. */
class StrangersPathIT {
  private static final Path HANDBOOK = Path.of("..", "..", "samples", "corpus", "hr", "员工手册.pdf");
  private static final Duration PROMISED = Duration.ofSeconds(30);

  /** A drop of one file somewhere on the page, its bytes in base 64. */
  private static final String DROP =
      """
      ([name, text]) => {
        const data = new DataTransfer();
        data.items.add(new File([Uint8Array.from(atob(text), c => c.charCodeAt(0))], name, {type: 'application/pdf'}));
        document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
      }
      """;

  @RegisterExtension static final ServedPage PAGE = new ServedPage();

  @BeforeAll
  static void await() {
    PAGE.service().awaitRest(ServiceProcess.PATIENCE);
  }

  @Test
  @Tag("promise")
  void a_dropped_pdf_answers_and_its_page_is_open_with_the_quote_marked_in_half_a_minute()
      throws IOException {
    String file = Base64.getEncoder().encodeToString(Files.readAllBytes(HANDBOOK));
    PromisedTime time = PromisedTime.start();
    Page page = PAGE.visit("/", "zh-CN");
    assertThat(page.locator("#question")).isFocused();
    page.evaluate(DROP, List.of("新员工手册.pdf", file));
    assertThat(page.locator("tr[data-path='新员工手册.pdf']")).hasAttribute("data-state", "indexed");
    page.locator("#nav-ask").click();
    page.locator("#question").fill("工龄满一年的员工带薪年假有几天？");
    page.locator("#ask").click();
    assertThat(page.locator("article.answer")).hasAttribute("data-phase", "answered");
    page.locator("#answer-text a.citation").first().click();
    assertThat(page.locator("#passage-panel")).containsText("新员工手册.pdf");
    Locator mark = page.locator("#passage-panel .pdf-words mark").first();
    assertThat(mark).isVisible();
    System.out.println("a stranger's path: " + time);
    time.require("quote marked in a file of one's own", PROMISED);
    BoundingBox box = mark.boundingBox();
    assertThat(box.width).isPositive();
    assertThat(box.height).isPositive();
    assertThat(box.y).isBetween(0.0, (double) page.viewportSize().height);
  }
}
