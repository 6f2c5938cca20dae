package dev.zhiku.ingest.source;

import dev.zhiku.index.DocumentId;
import dev.zhiku.index.Filter;
import java.time.Instant;
import java.util.Set;

/** The place where an upload is to lie, as a filter is asked of it before there is a document. */
record UploadTarget(String source, String path) implements Filter.Subject {
  @Override
  public DocumentId id() {
    return DocumentId.random();
  }

  @Override
  public String mediaType() {
    return "";
  }

  @Override
  public Instant modifiedAt() {
    return Instant.EPOCH;
  }

  @Override
  public Set<String> labels() {
    return Set.of();
  }
}
