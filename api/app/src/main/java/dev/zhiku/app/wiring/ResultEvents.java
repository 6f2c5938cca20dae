package dev.zhiku.app.wiring;

import dev.zhiku.ingest.catalog.CatalogEntry.State;
import dev.zhiku.ingest.catalog.Claim;
import dev.zhiku.ingest.catalog.ClaimResult;
import dev.zhiku.ingest.work.ResultWatch;
import dev.zhiku.server.webhooks.ServiceEvent;
import dev.zhiku.server.webhooks.ServiceEvents;
import java.util.Optional;

/** What became of files, as events for other programs. Thread-safe. */
record ResultEvents(ServiceEvents events) implements ResultWatch {
  @Override
  public void recorded(ClaimResult result) {
    switch (result) {
      case ClaimResult.Indexed file -> tell(file.claim(), Optional.empty());
      case ClaimResult.Unchanged same -> {}
      case ClaimResult.NotIndexed file -> {
        if (file.state() == State.FAILED) {
          tell(file.claim(), Optional.of(file.reason().code().wireName()));
        }
      }
      case ClaimResult.Removed file -> events.tell(ServiceEvent.ofRemoved(file.id().value()));
    }
  }

  private void tell(Claim claim, Optional<String> reason) {
    events.tell(ServiceEvent.ofDocument(claim.id().value(), claim.source(), claim.path(), reason));
  }
}
