package dev.zhiku.ingest.extract.pdf;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.pdfbox.text.TextPosition;

/**
 * The directions in which the words of a page run, in degrees against how the page lies before it
 * is turned. A reader of lines sees only those right that run as the page is turned.
 */
final class Directions {
  private static final int FULL_TURN = 360;
  private static final int ANY = -1;

  private final Map<Integer, Integer> signs = new HashMap<>();
  private int wanted = ANY;

  /** Begins a page of which all signs are taken and counted. */
  void begin() {
    signs.clear();
    wanted = ANY;
  }

  /** From now on takes only signs that run like that. */
  void only(int direction) {
    wanted = direction;
  }

  boolean takes(TextPosition sign) {
    int direction = Math.floorMod(Math.round(sign.getDir()), FULL_TURN);
    if (wanted != ANY) {
      return direction == wanted;
    }
    boolean blank = sign.getUnicode() == null || sign.getUnicode().isBlank();
    if (!blank) {
      signs.merge(direction, 1, Integer::sum);
    }
    return true;
  }

  /** Directions other than how the page is turned. */
  List<Integer> otherThan(int turned) {
    return signs.keySet().stream()
        .filter(direction -> direction != Math.floorMod(turned, FULL_TURN))
        .toList();
  }

  List<Integer> mostUsedFirst() {
    List<Integer> all = new ArrayList<>(signs.keySet());
    all.sort(Comparator.comparing((Integer direction) -> signs.get(direction)).reversed());
    return all;
  }
}
