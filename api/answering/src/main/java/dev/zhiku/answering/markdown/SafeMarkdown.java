package dev.zhiku.answering.markdown;

import java.util.function.Consumer;

/**
 * Markdown in which nothing can act, made of any text while it streams: no picture is fetched, no
 * link leads anywhere, no tag is a tag, every character shows. It is the last step of all that
 * changes a text, for whatever came after it could put apart marks together again. The same text
 * gives the same Markdown however it is cut into pieces. Used by one thread.
 */
public final class SafeMarkdown {
  private final VisibleText characters;
  private final InertMarkup markup;

  /**
   * @param sink gets what is safe, in order, never empty
   */
  public SafeMarkdown(Consumer<String> sink) {
    this.markup = new InertMarkup(sink);
    this.characters = new VisibleText(markup::add);
  }

  /** A whole text at once. */
  public static String of(String text) {
    StringBuilder safe = new StringBuilder(text.length());
    SafeMarkdown markdown = new SafeMarkdown(safe::append);
    markdown.add(text);
    markdown.end();
    return safe.toString();
  }

  /** A text, such as a name, whose characters all show; what of it is markup stays markup. */
  public static String visible(String text) {
    StringBuilder shown = new StringBuilder(text.length());
    VisibleText characters = new VisibleText(shown::append);
    characters.add(text);
    characters.end();
    return shown.toString();
  }

  /** The next characters, cut anywhere. */
  public void add(String part) {
    characters.add(part);
  }

  /** There is no more. */
  public void end() {
    characters.end();
    markup.end();
  }
}
