package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Headers and footers that run through a document: lines in the upper or lower eighth of a page
 * that come again, digits aside, on most pages of three or more. A page's own number at its edge
 * goes from any document.
 */
final class RunningLines {
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern PAGE_NUMBER =
      Pattern.compile("(?i)(?:page|p\\.|第|[-–—(])?\\s*(\\d+)\\s*(?:页|頁|[-–—)])?");
  private static final int FEWEST_PAGES = 3;
  private static final double SHARE_OF_PAGES = 0.6;
  private static final double EDGE = 1 / 8.0;

  private final Set<String> running = new HashSet<>();
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
          if (count >= needed) {
            running.add(key);
          }
        });
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
    return outside && line.fontSize() <= largestSize;
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
