package dev.zhiku.ingest.extract.pdf;

import static java.util.stream.Collectors.toSet;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Headers and footers that run through a document: lines in the upper or lower eighth of a page
 * that come again, digits aside, on most pages of three or more, or word by word on most odd or
 * most even ones. Where their numbers neither count the pages nor stay for some of them, they are
 * content. Those that hold a number which stays the same, such as that of the document, its version
 * or date (but not just a year), are kept once. Rows of a table that reaches into the page are
 * none. A page's own number at its edge goes from any document.
 */
final class RunningLines {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern YEAR = Pattern.compile("(?:19|20)\\d\\d");
  private static final Pattern PAGE_NUMBER =
      Pattern.compile("(?i)(?:page|p\\.|第|[-–—(])?\\s*(\\d+)\\s*(?:页|頁|[-–—)])?");
  private static final int FEWEST_PAGES = 3;
  private static final int FEWEST_OF_EACH_SIDE = 2;
  private static final double SHARE_OF_PAGES = 0.6;
  private static final double EDGE = 1 / 8.0;

  private final Set<String> running = new HashSet<>();
  private final Map<Integer, List<PdfLine>> kept = new HashMap<>();
  private final float largestSize;

  /**
   * @param largestSize of letters in points; lines set larger are headings, wherever they stand
   */
  RunningLines(List<PdfPage> pages, float largestSize) {
    this.largestSize = largestSize;
    Map<String, Integer> counts = new HashMap<>();
    for (PdfPage page : pages) {
      Set<String> ofPage = new HashSet<>();
      page.lines().stream().filter(l -> isAtEdge(page, l)).forEach(l -> ofPage.add(key(page, l)));
      ofPage.forEach(key -> counts.merge(key, 1, Integer::sum));
    }
    double needed = Math.max(FEWEST_PAGES, pages.size() * SHARE_OF_PAGES);
    counts.forEach(
        (key, count) -> {
          if (count >= needed && RunningNumbers.run(atEdge(key, pages))) {
            running.add(key);
          }
        });
    addAlternating(pages, 0);
    addAlternating(pages, 1);
    running.forEach(key -> keep(key, pages));
  }

  /** Lines that most odd or most even pages have at the same height, word by word. */
  private void addAlternating(List<PdfPage> pages, int parity) {
    List<PdfPage> every = pages.stream().filter(page -> page.number() % 2 == parity).toList();
    Map<String, Integer> counts = new HashMap<>();
    for (PdfPage page : every) {
      page.lines().stream()
          .filter(line -> isAtEdge(page, line))
          .map(line -> key(page, line) + "\n" + line.text() + "\n" + Math.round(line.y()))
          .distinct()
          .forEach(line -> counts.merge(line, 1, Integer::sum));
    }
    counts.forEach(
        (line, count) -> {
          String key = line.substring(0, line.indexOf('\n'));
          int fewest = key.indexOf('#') < 0 ? FEWEST_PAGES : FEWEST_OF_EACH_SIDE;
          boolean most = count >= Math.max(fewest, every.size() * SHARE_OF_PAGES);
          if (most && RunningNumbers.run(atEdge(key, pages))) {
            running.add(key);
          }
        });
  }

  /** Keeps the first of the lines with that key if a number is in all of them. */
  private void keep(String key, List<PdfPage> pages) {
    NavigableMap<Integer, PdfLine> lines = atEdge(key, pages);
    Set<String> steady = new HashSet<>(numbers(lines.values().iterator().next()));
    lines.values().forEach(line -> steady.retainAll(numbers(line)));
    steady.remove(Integer.toString(pages.size()));
    boolean onlyYear = steady.size() == 1 && YEAR.matcher(steady.iterator().next()).matches();
    if (!steady.isEmpty() && !onlyYear) {
      int first = lines.keySet().iterator().next();
      kept.computeIfAbsent(first, page -> new ArrayList<>()).add(lines.get(first));
    }
  }

  /** The first line with that key of each page, by the page's number. */
  private NavigableMap<Integer, PdfLine> atEdge(String key, List<PdfPage> pages) {
    NavigableMap<Integer, PdfLine> lines = new TreeMap<>();
    for (PdfPage page : pages) {
      page.lines().stream()
          .filter(line -> isAtEdge(page, line) && key(page, line).equals(key))
          .findFirst()
          .ifPresent(line -> lines.put(page.number(), line));
    }
    return lines;
  }

  private static Set<String> numbers(PdfLine line) {
    return DIGITS.matcher(line.text()).results().map(MatchResult::group).collect(toSet());
  }

  /** The running lines that are kept on that page, from the top. */
  List<PdfLine> kept(PdfPage page) {
    List<PdfLine> lines = new ArrayList<>(kept.getOrDefault(page.number(), List.of()));
    lines.sort(Comparator.comparingDouble(PdfLine::y));
    return lines;
  }

  /** The page's lines without those that run through. */
  List<PdfLine> body(PdfPage page) {
    List<PdfLine> body = new ArrayList<>();
    for (PdfLine line : page.lines()) {
      boolean drop =
          isAtEdge(page, line) && (running.contains(key(page, line)) || isOwnNumber(page, line));
      if (!drop) {
        body.add(line);
      }
    }
    return body;
  }

  private boolean isAtEdge(PdfPage page, PdfLine line) {
    boolean outside = line.y() < page.height() * EDGE || line.y() > page.height() * (1 - EDGE);
    PdfRow row = line.cells();
    boolean inside =
        row != null
            && row.bottom() > page.height() * EDGE
            && row.top() < page.height() * (1 - EDGE);
    return outside && !inside && line.fontSize() <= largestSize;
  }

  private static boolean isOwnNumber(PdfPage page, PdfLine line) {
    var number = PAGE_NUMBER.matcher(line.text());
    return number.matches() && number.group(1).equals(Integer.toString(page.number()));
  }

  private static String key(PdfPage page, PdfLine line) {
    String side = line.y() < page.height() / 2 ? "top " : "bottom ";
    return side + DIGITS.matcher(line.text()).replaceAll("#");
  }
}
