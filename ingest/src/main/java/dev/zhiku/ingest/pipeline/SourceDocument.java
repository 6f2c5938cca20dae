package dev.zhiku.ingest.pipeline;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.source.SourceRoot;

/**
 * A file to be read.
 *
 * @param path inside its source
 * @param root the source's folder
 */
public record SourceDocument(DocumentId id, String source, String path, SourceRoot root) {
  /** The last part of the path. */
  public String name() {
    return path.substring(path.lastIndexOf('/') + 1);
  }
}
