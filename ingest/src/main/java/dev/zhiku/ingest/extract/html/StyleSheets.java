package dev.zhiku.ingest.extract.html;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.Selector.SelectorParseException;

/** Rules of the style sheets in a page that hide a part of it whatever a reader does. */
final class StyleSheets {
  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/|<!--|-->");
  private static final Pattern CONDITIONAL =
      Pattern.compile("@[^{};]*\\{(?:[^{}]*\\{[^{}]*\\})*[^{}]*\\}|@[^{};]*;");
  private static final Pattern RULE = Pattern.compile("([^{}]+)\\{([^{}]*)\\}");
  private static final Pattern SHOWING =
      Pattern.compile("(?i)(?:^|[;\\s])(?:display\\s*:\\s*(?!none)|visibility\\s*:\\s*visible)");
  private static final Pattern ELEMENT_WITH_CLASS_OR_ID =
      Pattern.compile("[\\w.#\\- >]*[.#][\\w-]+");
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int MOST_RULES = 500;

  private StyleSheets() {}

  private record Rule(String selector, String declarations) {}

  /**
   * The elements that a class or id of theirs hides. A rule that another one takes back, such as
   * that of the chosen tab, hides nothing: a reader can open it. Nor does one that hides most of
   * the page, which a script will show.
   */
  static Elements hidden(Document page, Pattern hiding) {
    List<Rule> rules = rules(page);
    Elements hidden = new Elements();
    int most = page.text().length() / 2;
    for (Rule rule : rules) {
      boolean hides = hiding.matcher(rule.declarations()).find();
      if (hides && isPlain(rule.selector()) && !isTakenBack(rule, rules)) {
        Elements found = select(page, rule.selector());
        int length = found.stream().mapToInt(element -> element.text().length()).sum();
        if (length <= most) {
          hidden.addAll(found);
        }
      }
    }
    return hidden;
  }

  private static List<Rule> rules(Document page) {
    List<Rule> rules = new ArrayList<>();
    for (Element style : page.select("style:not([media=print])")) {
      String sheet = COMMENT.matcher(style.data()).replaceAll("");
      if (sheet.length() > MOST_CHARACTERS) {
        continue;
      }
      Matcher rule = RULE.matcher(CONDITIONAL.matcher(sheet).replaceAll(""));
      while (rule.find() && rules.size() < MOST_RULES) {
        for (String selector : rule.group(1).split(",", -1)) {
          rules.add(new Rule(selector.strip(), rule.group(2)));
        }
      }
    }
    return rules;
  }

  private static boolean isPlain(String selector) {
    return ELEMENT_WITH_CLASS_OR_ID.matcher(selector).matches();
  }

  private static boolean isTakenBack(Rule hiding, List<Rule> rules) {
    return rules.stream()
        .anyMatch(
            rule ->
                rule.selector().contains(hiding.selector())
                    && SHOWING.matcher(rule.declarations()).find());
  }

  private static Elements select(Document page, String selector) {
    try {
      return page.select(selector);
    } catch (SelectorParseException unknown) {
      return new Elements();
    }
  }
}
