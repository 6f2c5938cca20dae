package dev.zhiku.server.openai.responses;

import dev.zhiku.server.openai.Footer;
import dev.zhiku.server.openai.responses.ResponseItem.Annotation;
import dev.zhiku.server.query.QueryResponse.Citation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where the text of an answer cites which file. Pure. */
final class CitedPlaces {
  private static final Pattern MARK = Pattern.compile("\\[(\\d{1,4})]");

  private CitedPlaces() {}

  /** An annotation for each mark of a citation, in order. */
  static List<Annotation> in(String text, List<Citation> citations) {
    Map<Integer, Citation> numbered = new HashMap<>();
    citations.forEach(citation -> numbered.putIfAbsent(citation.number(), citation));
    List<Annotation> places = new ArrayList<>();
    Matcher mark = MARK.matcher(Footer.without(text));
    while (mark.find()) {
      Citation cited = numbered.get(Integer.parseInt(mark.group(1)));
      if (cited != null) {
        int index = text.codePointCount(0, mark.end());
        places.add(new Annotation("file_citation", cited.documentId(), cited.name(), index));
      }
    }
    return places;
  }
}
