package dev.zhiku.server.openai.webui;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.answer.Answer;
import dev.zhiku.answering.grounding.Citation;
import dev.zhiku.answering.search.CitationLocation;
import dev.zhiku.answering.search.ScoredPassage;
import dev.zhiku.index.DocumentMeta;
import dev.zhiku.index.Passage.Location;
import dev.zhiku.server.documents.OriginalUrl;
import dev.zhiku.server.http.ServerText;
import io.micronaut.serde.annotation.Serdeable;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * An event that Open WebUI takes out of a stream and shows in its own way: sources of the answer,
 * or a line that says what is being done.
 *
 * @param type {@code source} or {@code status}
 */
@Serdeable
@Schema(name = "OpenWebUiEvent")
public record WebUiEvent(String type, Details data) {
  /**
   * What an event says.
   *
   * @param description of a status
   * @param done of a status: whether that is over
   * @param source of sources: where they are from
   * @param document of sources: the words of each
   * @param metadata of sources: the place of each, in the same order
   */
  @Serdeable
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  @Schema(name = "OpenWebUiEventData")
  public record Details(
      Optional<String> description,
      Optional<Boolean> done,
      Optional<Origin> source,
      Optional<List<String>> document,
      Optional<List<Place>> metadata) {}

  /** Who has the sources. */
  @Serdeable
  @Schema(name = "OpenWebUiOrigin")
  public record Origin(String name) {}

  /**
   * Where a source is.
   *
   * @param source its address, of its own for each
   * @param name path and page, of its own for each
   */
  @Serdeable
  @Schema(name = "OpenWebUiPlace")
  public record Place(String source, String name) {}

  /** A line that so many passages were found. */
  public static WebUiEvent found(int passages, Locale locale) {
    return new WebUiEvent(
        "status",
        new Details(
            Optional.of(ServerText.of("webui.found", passages).in(locale)),
            Optional.of(true),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  /**
   * The cited passages; empty if none is, or the answer does not hold the passages it numbers. Open
   * WebUI takes {@code [3]} in a text for the third of them and counts places of one name once. So
   * each has its own name, and where the answer leaves out a number, the passage of that number
   * stands there.
   *
   * @param base address of this service as the client sees it, without a slash at its end
   */
  public static Optional<WebUiEvent> sources(Answer answer, String base) {
    TreeMap<Integer, List<Citation>> cited =
        answer.citations().stream()
            .collect(Collectors.groupingBy(Citation::number, TreeMap::new, Collectors.toList()));
    if (cited.isEmpty() || cited.lastKey() > answer.passages().size()) {
      return Optional.empty();
    }
    List<String> texts = new ArrayList<>();
    List<Place> places = new ArrayList<>();
    Set<String> names = new HashSet<>();
    for (int number = 1; number <= cited.lastKey(); number++) {
      List<Citation> here = cited.getOrDefault(number, List.of());
      if (here.isEmpty()) {
        ScoredPassage passage = answer.passages().get(number - 1);
        texts.add(passage.passage().text());
        places.add(place(passage, passage.passage().location(), base, number, names));
      } else {
        texts.add(
            here.stream().map(Citation::quote).distinct().collect(Collectors.joining("\n\n")));
        places.add(place(here.getFirst().found(), here.getFirst().place(), base, number, names));
      }
    }
    return Optional.of(
        new WebUiEvent(
            "source",
            new Details(
                Optional.empty(),
                Optional.empty(),
                Optional.of(new Origin("zhiku")),
                Optional.of(texts),
                Optional.of(places))));
  }

  private static Place place(
      ScoredPassage found, Location location, String base, int number, Set<String> names) {
    DocumentMeta document = found.document();
    StringBuilder name = new StringBuilder(document.path());
    location.entry().ifPresent(entry -> name.append(" › ").append(entry));
    String inside = CitationLocation.text(document.name(), location);
    if (!inside.isEmpty()) {
      name.append(", ").append(inside);
    }
    if (!names.add(name.toString())) {
      name.append(" [").append(number).append(']');
    }
    String url = base + OriginalUrl.of(document, location);
    return new Place(url + (url.contains("#") ? '&' : '#') + "passage=" + number, name.toString());
  }
}
