package dev.zhiku.server.documents;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.ingest.source.TrashedFile;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A deleted file that is still kept.
 *
 * @param id of the document that it was
 * @param source where it lay; null where an earlier version deleted it, which did not note it
 * @param path inside the source, or the name of the file where the source is null
 * @param bytes of the file
 * @param deletedBy who did it; null where an earlier version did
 * @param keptUntil when it goes by itself
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(name = "TrashedFile")
record TrashView(
    String id,
    Optional<String> source,
    String path,
    long bytes,
    Optional<String> deletedBy,
    Instant deletedAt,
    Instant keptUntil) {
  static TrashView of(TrashedFile file) {
    return new TrashView(
        file.id().value(),
        file.source(),
        file.path(),
        file.bytes(),
        Optional.of(file.deletedBy()).filter(name -> !name.isEmpty()),
        file.deletedAt(),
        file.keptUntil());
  }

  /**
   * A part of the trash, the file that was deleted last first.
   *
   * @param nextCursor for the next part; null on the last
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @JsonInclude(JsonInclude.Include.ALWAYS)
  @Schema(name = "TrashedFiles")
  record Listing(List<TrashView> items, Optional<String> nextCursor) {
    Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * How much was deleted for good.
   *
   * @param files how many
   */
  @Serdeable(naming = SnakeCaseStrategy.class)
  @Schema(name = "TrashEmptied")
  record Emptied(int files) {}
}
