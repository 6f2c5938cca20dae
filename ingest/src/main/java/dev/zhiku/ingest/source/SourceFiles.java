package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The originals, as people reach them through the service. Thread-safe. Methods throw {@link
 * SourceFileException}. No path ever leaves its source's folder: parts are checked, links are not
 * followed.
 */
public interface SourceFiles {
  /** The action when a file of that path exists. */
  enum OnConflict {
    /** Store under the next free name: {@code a (2).pdf}. */
    RENAME,
    REPLACE,
    FAIL
  }

  /**
   * Writes an upload into a source; the file appears whole or not at all.
   *
   * @param source its name; empty for the first that may be written
   * @param path inside the source, {@code /} between parts; missing folders are made
   * @param content read to its end, never beyond the configured limit; left open
   * @return the entry, pending
   */
  default CatalogEntry store(
      Optional<String> source, String path, InputStream content, OnConflict conflict)
      throws InterruptedException {
    return store(source, path, content, conflict, new Filter.All());
  }

  /**
   * The same for somebody who may not see everything: what he may not see is not there for him, and
   * where he may not see what he writes he writes nothing.
   *
   * @param visible what he may see
   */
  CatalogEntry store(
      Optional<String> source,
      String path,
      InputStream content,
      OnConflict conflict,
      Filter visible)
      throws InterruptedException;

  /**
   * Moves the original to the trash, where it is kept 30 days, and forgets the document.
   *
   * @param by the name of who deletes it
   */
  void delete(DocumentId id, String by) throws InterruptedException;

  /**
   * What is in the trash, the original that was deleted last first.
   *
   * @param visible what somebody may see; of what lay elsewhere he is told nothing
   */
  List<TrashedFile> trashed(Filter visible);

  /**
   * One original in the trash.
   *
   * @param id of the document that it was
   * @param visible what somebody may see; what lay elsewhere is not there for him
   */
  TrashedFile trashed(DocumentId id, Filter visible);

  /**
   * Puts an original back from the trash; a new document comes of it. Never writes over a file.
   *
   * @param id of the document that it was
   * @param path inside its source where it is put; empty for where it lay
   * @param visible what somebody may see; what lay elsewhere is not there for him
   * @return the entry, pending
   */
  CatalogEntry restore(DocumentId id, Optional<String> path, Filter visible)
      throws InterruptedException;

  /**
   * Deletes an original in the trash for good.
   *
   * @param id of the document that it was
   * @param visible what somebody may see; what lay elsewhere is not there for him
   */
  void discard(DocumentId id, Filter visible);

  /**
   * Deletes every original in the trash for good.
   *
   * @param visible what somebody may see; what lay elsewhere stays
   * @return how many that were
   */
  int discardAll(Filter visible);

  /** Has the document read again now, whatever became of it before. */
  CatalogEntry retry(DocumentId id) throws InterruptedException;

  /** The original: a regular file inside its source. */
  Path original(DocumentId id);
}
