package dev.zhiku.answering.markdown;

import java.util.function.Consumer;

/**
 * Markup without power, made of any text while it streams. Tags lose their bracket, a space parts
 * what would be a link, a picture or the address of one, and an address becomes code, which readers
 * can still copy. Code is left as it is where every renderer takes it for code: between backticks
 * on one line, and in fences that begin a line. What a renderer might pair otherwise is paired with
 * nothing. Used by one thread.
 */
final class InertMarkup {
  private final Consumer<String> sink;
  private final MarkupLine line = new MarkupLine();
  private final Fence fence = new Fence(line);
  private final CodeSpan spans = new CodeSpan(line);
  private final Address addresses = new Address(line);
  private String held = "";

  InertMarkup(Consumer<String> sink) {
    this.sink = sink;
  }

  void add(String part) {
    pass(held + part, false);
  }

  void end() {
    pass(held, true);
  }

  private void pass(String text, boolean all) {
    int at = 0;
    while (at < text.length()) {
      int taken = step(new Rest(text, at, all));
      if (taken == 0) {
        break;
      }
      at += taken;
    }
    held = text.substring(at);
    String safe = line.taken();
    if (!safe.isEmpty()) {
      sink.accept(safe);
    }
  }

  /** Characters that were dealt with; 0 where more have to come first. */
  private int step(Rest rest) {
    if (fence.isOpen()) {
      return fence.inside(rest);
    }
    char c = rest.at(0);
    return switch (c) {
      case '`' -> fence.mayOpen() ? fence.open(rest, spans) : spans.of(rest);
      case '~' -> fence.mayOpen() ? fence.open(rest, spans) : plain(c);
      case '<' -> followed(rest, InertMarkup::opensTag, "‹", "<");
      case '!' -> followed(rest, next -> next == '[', "! ", "!");
      case ']' -> closed(rest);
      case '&' -> entity(rest);
      case ':' -> addresses.atColon(rest);
      default -> isLetter(c) ? addresses.atWord(rest) : plain(c);
    };
  }

  private int plain(char c) {
    line.put(c);
    return 1;
  }

  /** Treatment of a character, which depends on the next one. */
  private interface Next {
    boolean test(char next);
  }

  private int followed(Rest rest, Next dangerous, String harmless, String plain) {
    if (!rest.has(1) && !rest.all()) {
      return 0;
    }
    line.put(rest.has(1) && dangerous.test(rest.at(1)) ? harmless : plain);
    return 1;
  }

  private static boolean opensTag(char next) {
    return Character.isLetter(next) || next == '/' || next == '!' || next == '?';
  }

  /** An address in brackets behind it, or of a label at the beginning of a line, is none. */
  private int closed(Rest rest) {
    if (!rest.has(1) && !rest.all()) {
      return 0;
    }
    char next = rest.has(1) ? rest.at(1) : ' ';
    boolean label = line.closesLabel();
    line.put(next == '(' || (next == ':' && label) ? "] " : "]");
    return 1;
  }

  /** A character in disguise is a way to write an address; those of markup itself stay. */
  private int entity(Rest rest) {
    int end = 1;
    while (rest.has(end) && end < Rest.LONGEST_ENTITY && isEntity(rest.at(end))) {
      end++;
    }
    if (!rest.has(end) && !rest.all() && end < Rest.LONGEST_ENTITY) {
      return 0;
    }
    boolean disguise =
        end > 1
            && rest.has(end)
            && rest.at(end) == ';'
            && !rest.text(1, end).matches("amp|lt|gt|quot|nbsp|apos");
    return plain(disguise ? '＆' : '&');
  }

  private static boolean isEntity(char c) {
    return isLetter(c) || (c >= '0' && c <= '9') || c == '#';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
