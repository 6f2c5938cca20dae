package dev.zhiku.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.joran.spi.JoranException;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ConsoleLogTest {
  private final LoggerContext context = new LoggerContext();

  @Test
  void before_the_service_runs_the_console_shows_only_what_is_wrong() throws JoranException {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(ConsoleLogTest.class.getResource("/logback.xml")));

    assertThat(decision(Level.INFO)).isEqualTo(FilterReply.DENY);
    assertThat(decision(Level.WARN)).isNotEqualTo(FilterReply.DENY);
    ConsoleLog.showWhatHappens(context);
    assertThat(decision(Level.INFO)).isNotEqualTo(FilterReply.DENY);
  }

  private FilterReply decision(Level level) {
    Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    Appender<ILoggingEvent> console = Objects.requireNonNull(root.getAppender("CONSOLE"));
    return console.getFilterChainDecision(
        new LoggingEvent("", root, level, "words", null, new Object[0]));
  }
}
