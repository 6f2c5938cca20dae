package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.index.TextBlock;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A typed piece of a passage's text, as it goes over the wire.
 *
 * @param kind {@code paragraph}, {@code heading}, {@code list_item}, {@code row}, {@code question},
 *     {@code answer}, {@code code}, {@code caption} or {@code note}
 * @param start first character in the text, in UTF-16 code units
 * @param end after the last character
 * @param heading the headings above it, outermost first
 * @param lead what introduces it, be it in another passage
 * @param pageLabel the page's number as printed, where it is another one
 * @param recognised how sure text recognition was of it, in percent, where it was read from a
 *     picture
 * @param cells the values of a row
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
public record BlockView(
    String kind,
    int start,
    int end,
    List<String> heading,
    Optional<String> lead,
    Optional<String> pageLabel,
    Optional<Integer> recognised,
    List<CellView> cells) {
  public BlockView {
    heading = List.copyOf(heading);
    cells = List.copyOf(cells);
  }

  /**
   * A value of a row.
   *
   * @param column name of its column; empty where it has none
   * @param start first character of the value in the text
   * @param end after its last character
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  public record CellView(String column, int start, int end) {}

  static BlockView of(TextBlock block) {
    return new BlockView(
        kind(block),
        block.start(),
        block.end(),
        block.heading(),
        block.lead(),
        block.origin().pageLabel(),
        recognised(block),
        block.cells().stream()
            .map(cell -> new CellView(cell.column(), cell.start(), cell.end()))
            .toList());
  }

  /** The name of a block's kind. */
  public static String kind(TextBlock block) {
    return block.kind().name().toLowerCase(Locale.ROOT);
  }

  /** How sure text recognition was of a block, in percent; empty for what was text. */
  public static Optional<Integer> recognised(TextBlock block) {
    return block.origin().recognised().stream().boxed().findFirst();
  }
}
