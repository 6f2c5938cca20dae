package dev.zhiku.ingest.source;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.ingest.outcome.IngestText;
import java.util.Locale;

/** Whether a source's folder is watched, as an administrator said. */
public enum Standing {
  /** Changes are looked for and read. */
  WATCHED,
  /** The folder is left alone; what was read of it goes on being answered from. */
  HELD,
  /** As held, until an administrator confirms that its documents go, or says that they stay. */
  LEAVING;

  /** As it is written in files and on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The reason why the folder of this source is left alone; empty if it is not. */
  Phrase reason(String source) {
    return switch (this) {
      case WATCHED -> Phrase.NONE;
      case HELD -> IngestText.of("source.held", source);
      case LEAVING -> IngestText.of("source.leaving", source);
    };
  }
}
