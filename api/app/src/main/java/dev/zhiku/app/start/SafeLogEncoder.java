package dev.zhiku.app.start;

import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import dev.zhiku.ingest.source.HiddenCharacters;
import dev.zhiku.server.identity.AccessKey;
import java.nio.charset.StandardCharsets;

/**
 * What every log passes on its way to the file and the console: names of files and models,
 * addresses and headers come from others, and neither steer a terminal nor make up a line. Of a key
 * only its public part goes on.
 */
public final class SafeLogEncoder extends PatternLayoutEncoder {
  /** Before a line of an exception's message that reads like the beginning of an entry. */
  private static final String CONTINUED = "\t| ";

  @Override
  public byte[] encode(ILoggingEvent event) {
    return safe(AccessKey.masked(layout.doLayout(event))).getBytes(StandardCharsets.UTF_8);
  }

  private static String safe(String entry) {
    StringBuilder safe = new StringBuilder(entry.length() + 16);
    for (String line : entry.lines().toList()) {
      if (!safe.isEmpty() && !line.isEmpty() && isDigit(line.charAt(0))) {
        safe.append(CONTINUED);
      }
      safe.append(HiddenCharacters.shownLines(line)).append(System.lineSeparator());
    }
    return safe.toString();
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
