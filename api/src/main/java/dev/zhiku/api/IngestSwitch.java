package dev.zhiku.api;

import dev.zhiku.api.status.IngestControl;
import dev.zhiku.ingest.IngestService;

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
}
