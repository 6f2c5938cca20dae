package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.index.Passage;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Optional;

/**
 * A part of a document's passages, in their order.
 *
 * @param nextCursor for the next part; null on the last
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record PassagePage(List<PassageView> items, Optional<String> nextCursor) {
  PassagePage {
    items = List.copyOf(items);
  }

  /** The first passages of a list that may have one more than the limit. */
  static PassagePage of(String name, List<Passage> passages, int limit) {
    List<PassageView> items =
        passages.stream().limit(limit).map(passage -> PassageView.of(name, passage)).toList();
    Optional<String> next =
        passages.size() > limit
            ? Optional.of(Integer.toString(passages.get(limit).id().ordinal()))
            : Optional.empty();
    return new PassagePage(items, next);
  }

  /**
   * One passage.
   *
   * @param ordinal place in the document, from 0
   * @param text as it stands in the original
   * @param page from 1, where the format has pages
   * @param heading headings above it, outermost first
   * @param location page, slide, cells, lines or heading, the same in every language
   * @param blocks what the text is made of, in order; none where that is not known
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  record PassageView(
      int ordinal,
      String text,
      Optional<Integer> page,
      List<String> heading,
      String location,
      List<BlockView> blocks) {
    PassageView {
      heading = List.copyOf(heading);
      blocks = List.copyOf(blocks);
    }

    static PassageView of(String name, Passage passage) {
      Passage.Location location = passage.location();
      return new PassageView(
          passage.id().ordinal(),
          passage.text(),
          CitationLocation.page(location),
          location.heading(),
          place(name, location),
          passage.blocks().stream().map(BlockView::of).toList());
    }

    private static String place(String name, Passage.Location location) {
      String place = CitationLocation.text(name, location);
      return location.entry().map(entry -> entry + ", " + place).orElse(place);
    }
  }
}
