package dev.zhiku.app.wiring;

import dev.zhiku.ingest.pipeline.SourceDocument;
import dev.zhiku.ingest.pipeline.TextWatch;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditLog;
import dev.zhiku.server.identity.SeenKeys;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The watch for keys of this service in documents; the log and the audit log tell of each. */
final class KeyWatch implements TextWatch {
  private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);

  private final SeenKeys seen;
  private final AuditLog audit;

  KeyWatch(SeenKeys seen, AuditLog audit) {
    this.seen = seen;
    this.audit = audit;
  }

  @Override
  public void read(SourceDocument document, List<String> texts) {
    String where = document.source() + ":" + document.path();
    look(where, document.path());
    texts.forEach(text -> look(where, text));
  }

  private void look(String where, String text) {
    for (SeenKeys.Sighting one : seen.look(where, text)) {
      LOG.warn("The key {} stands in the document {}.", one.key(), one.where());
      audit.write(AuditEvent.ofService(SeenKeys.WHAT, one.key() + " " + one.where(), "reported"));
    }
  }
}
