package dev.zhiku.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Frame;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The rules of WCAG 2.2 AA and the good practice that axe-core knows, held against a view. */
public final class Axe {
  private static final List<ColorScheme> THEMES = List.of(ColorScheme.LIGHT, ColorScheme.DARK);

  private static final String CHECK =
      """
      async () => {
        const moving = document.getAnimations().filter(a => a.effect.getTiming().iterations !== Infinity);
        await Promise.allSettled(moving.map(a => a.finished));
        const found = await axe.run(document, {runOnly:
          ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']});
        return found.violations
          .map(v => v.id + ': ' + v.nodes.map(n => n.html + ' ' + n.failureSummary).join('; '));
      }
      """;

  private Axe() {}

  /**
   * Checks what is shown, once nothing moves any more.
   *
   * @param view what it is, for the message of a failure
   */
  public static void check(Page page, String view) {
    check(page.mainFrame(), view);
  }

  /** Checks what a frame shows, once nothing moves any more. */
  public static void check(Frame frame, String view) {
    if (!(boolean) frame.evaluate("() => 'axe' in window")) {
      frame.evaluate(script());
    }
    assertThat(frame.evaluate(CHECK)).as(view).isEqualTo(List.of());
  }

  /**
   * Checks what is shown in the light and in the dark theme; nothing may be wider than the window.
   */
  public static void checkInBothThemes(Page page, String view) {
    for (ColorScheme theme : THEMES) {
      page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(theme));
      check(page, view + " " + theme);
      assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
          .as(view + " is wider than the window by")
          .isEqualTo(0);
    }
  }

  private static String script() {
    try (InputStream in = Axe.class.getResourceAsStream("/axe.min.js")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
