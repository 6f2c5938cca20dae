package dev.zhiku.app.start;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the console shows of the log: at first only what is wrong, so that the first lines anybody
 * reads are those of the command. The file has everything.
 */
public final class ConsoleLog {
  private ConsoleLog() {}

  /** Shows from now on what happens, too. */
  public static void showWhatHappens() {
    showWhatHappens((LoggerContext) LoggerFactory.getILoggerFactory());
  }

  static void showWhatHappens(LoggerContext context) {
    Appender<ILoggingEvent> console =
        context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
    if (console != null) {
      console.clearAllFilters();
    }
  }
}
