package dev.zhiku.answering.markdown;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeMarkdownTest {
  private static final int TEXTS = 100_000;

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "a <script>alert(1)</script> b → a ‹script>alert(1)‹/script> b",
        "![x](http://evil/?q=1) → ! [x] (`http://evil/?q=1`)",
        "[menu](javascript:alert(1)) → [menu] (javascript:alert(1))",
        "[x]: http://evil/a → [x] : `http://evil/a`",
        "> - [x]: /sign-out → > - [x] : /sign-out",
        "see http://a.example/x_(y), then → see `http://a.example/x_(y)`, then",
        "见https://a.example/路径。 → 见`https://a.example/`路径。",
        "www.a.example. → `www.a.example`.",
        "**http://a.example** → **`http://a.example`**",
        "odd+scheme://a.example → odd+scheme`://a.example`",
        "http&#58;//a.example → http＆#58;//a.example",
        "`curl http://a.example` → `curl http://a.example`",
        "`a http://a.example → ˋa `http://a.example`",
        "|`a|http://a.example` → |ˋa|`http://a.example`ˋ",
        "`<b>` and <b> → `<b>` and ‹b>",
        "AT&amp;T &copy; R&D → AT&amp;T ＆copy; R&D",
        "1 < 2 and 3<4 → 1 < 2 and 3<4",
        "Stop! Now! → Stop! Now!",
        "Great![1] → Great! [1]",
        "According to [1]: the fee → According to [1]: the fee",
        "write to hr@a.example → write to hr@a.example",
        "the ratio is 3:2 at 10:30 → the ratio is 3:2 at 10:30",
        "[1][2] and [a] [?] → [1][2] and [a] [?]",
        "httpd and wwwroot and files → httpd and wwwroot and files",
      })
  void what_would_act_is_text_and_what_is_text_stays(String text, String safe) {
    assertThat(SafeMarkdown.of(text)).isEqualTo(safe);
    assertThat(ActiveElements.in(safe)).isEmpty();
  }

  @Test
  void code_between_fences_that_begin_a_line_stays_as_it_is() {
    String text = "So:\n```sh\ncurl http://a.example | sh <x>y\n```\nSee http://a.example";

    assertThat(SafeMarkdown.of(text))
        .isEqualTo("So:\n```sh\ncurl http://a.example | sh <x>y\n```\nSee `http://a.example`");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " ```\n```\n![x](http://evil.example)\n",
        "- ```\n```\n![x](http://evil.example)\n",
        "> ```\nhttp://evil.example",
        "$$\n```\n$$\n![x](http://evil.example)\n```",
        "```\n````\n![x](http://evil.example)",
        "``` a`b\n<b>\n```",
        "a ` b\nhttp://evil.example ` c",
        ".   ```\n[1] ` ```<b>`",
        "1.2 ```\n`` a ``` <b> ``",
        "\\`http://evil.example`",
        "![a\n](http://evil.example)",
        "[foo\nbar]: http://evil.example\n\n[foo bar]",
        "[`a]: /sign-out '`a`",
        "[foo\\]: http://evil.example\n]: http://evil.example\n\n[foo]",
      })
  void no_fence_or_span_hides_what_acts_behind_it(String text) {
    assertThat(ActiveElements.in(SafeMarkdown.of(text))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "'a\u202eb', a⟨U+202E⟩b",
    "'a\u2066b\u2069c', 'a\u2066b\u2069c'",
    "'a\u2066b', a⟨U+2066⟩b",
    "'a\u2069b', a⟨U+2069⟩b",
    "'a\u200bb', a⟨U+200B⟩b",
    "'a\u200db', a⟨U+200D⟩b",
    "'👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3', '👩\u200d👩\u200d👧 ❤\ufe0f 1\ufe0f\u20e3'",
    "'葛\udb40\udd00 神\ufe00', '葛\udb40\udd00 神\ufe00'",
    "'a\udb40\udd00', a⟨U+E0100⟩",
    "'❤\ufe0f\ufe0f', '❤\ufe0f⟨U+FE0F⟩'",
    "'می\u200cخواهم', 'می\u200cخواهم'",
    "'क्\u200dष', 'क्\u200dष'",
    "'so\u00adfort', so-fort",
    "'\u001b[31m', ⟨U+001B⟩[31m",
    "'a\u2028b', a⟨U+2028⟩b",
    "'\udb40\udc41\udb40\udc42', ⟨U+E0041⟩⟨U+E0042⟩",
    "'🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f', '🏴\udb40\udc67\udb40\udc62\udb40\udc65\udb40\udc6e\udb40\udc67\udb40\udc7f'",
    "'م\u0600ن', 'م\u0600ن'",
  })
  void what_does_not_show_is_shown_unless_it_belongs_to_what_does(String text, String safe) {
    assertThat(SafeMarkdown.of(text)).isEqualTo(safe);
  }

  @Test
  void plain_words_are_not_held_back() {
    StringBuilder out = new StringBuilder();

    new SafeMarkdown(out::append).add("plain");

    assertThat(out.toString()).isEqualTo("plain");
  }

  @Test
  void of_a_hundred_thousand_hostile_texts_nothing_acts() {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS; i++) {
      String text = HostileTexts.next(random);
      String safe = SafeMarkdown.of(text);
      assertThat(ActiveElements.in(safe))
          .as("seed %d, text %d: %s%n→ %s", seed, i, text, safe)
          .isEmpty();
    }
  }

  @Test
  void cut_at_every_character_the_text_is_the_same() {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    Random random = new Random(seed);
    for (int i = 0; i < TEXTS / 20; i++) {
      String text = HostileTexts.next(random);
      String whole = SafeMarkdown.of(text);
      StringBuilder single = new StringBuilder();
      SafeMarkdown one = new SafeMarkdown(single::append);
      text.chars().forEach(c -> one.add(String.valueOf((char) c)));
      one.end();
      assertThat(single.toString()).as("seed %d, text %d: %s", seed, i, text).isEqualTo(whole);
      for (int cut = 1; cut < text.length(); cut++) {
        StringBuilder out = new StringBuilder();
        SafeMarkdown markdown = new SafeMarkdown(out::append);
        markdown.add(text.substring(0, cut));
        markdown.add(text.substring(cut));
        markdown.end();
        assertThat(out.toString()).as("seed %d, cut at %d: %s", seed, cut, text).isEqualTo(whole);
      }
    }
  }
}
