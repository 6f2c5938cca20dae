package dev.zhiku.app.wiring;

import dev.zhiku.ingest.service.IngestService;
import dev.zhiku.server.status.IngestControl;
import java.util.Optional;
import java.util.OptionalInt;

/** What the routes may tell the ingest of this process. */
record IngestSwitch(IngestService ingest) implements IngestControl {
  @Override
  public void pause() {
    ingest.pause();
  }

  @Override
  public void resume() {
    ingest.resume();
  }

  @Override
  public boolean confirm(String source) {
    return ingest.confirm(source);
  }

  @Override
  public OptionalInt reindex(Optional<String> source, String path) throws InterruptedException {
    return ingest.reindex(source, path);
  }
}
