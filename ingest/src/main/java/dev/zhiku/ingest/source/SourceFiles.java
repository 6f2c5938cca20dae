package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import dev.zhiku.ingest.catalog.CatalogEntry;
import java.io.InputStream;
import java.nio.file.Path;
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

  /** Moves the original to the trash, where it is kept 30 days, and forgets the document. */
  void delete(DocumentId id) throws InterruptedException;

  /** Has the document read again now, whatever became of it before. */
  CatalogEntry retry(DocumentId id) throws InterruptedException;

  /** The original: a regular file inside its source. */
  Path original(DocumentId id);
}
