package dev.zhiku.app.wiring;

import dev.zhiku.index.DocumentId;
import dev.zhiku.ingest.source.Trash;
import dev.zhiku.server.erasure.ErasurePlace;
import dev.zhiku.server.erasure.SoughtDocument;
import java.io.IOException;
import java.util.Set;

/** The trash, where the file of a deleted document stays for a while. */
record KeptOriginals(Trash trash) implements ErasurePlace {
  @Override
  public String name() {
    return "trash";
  }

  @Override
  public Kind kind() {
    return Kind.KEPT;
  }

  @Override
  public Left left(SoughtDocument document) throws IOException {
    return Left.of(
        trash.taken(document.id().value()).entrySet().stream()
            .map(file -> file.getKey().getFileName() + " until " + file.getValue())
            .toList());
  }

  @Override
  public void clear(Set<DocumentId> documents) {}

  @Override
  public void end(DocumentId document) throws IOException {
    trash.delete(document.value());
  }
}
