package dev.zhiku.app.start;

import ch.qos.logback.classic.encoder.JsonEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.zhiku.ingest.source.HiddenCharacters;
import java.nio.charset.StandardCharsets;

/**
 * An entry of the log as one JSON object on one line, in which what is hidden or turns the
 * direction of writing is escaped.
 */
public final class SafeJsonEncoder extends JsonEncoder {
  /** With the message as it reads and the request, without what every entry has in common. */
  public SafeJsonEncoder() {
    setWithFormattedMessage(true);
    setWithMessage(false);
    setWithArguments(false);
    setWithContext(false);
    setWithNanoseconds(false);
    setWithSequenceNumber(false);
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    String entry = new String(super.encode(event), StandardCharsets.UTF_8).strip();
    return (HiddenCharacters.shown(entry) + "\n").getBytes(StandardCharsets.UTF_8);
  }
}
