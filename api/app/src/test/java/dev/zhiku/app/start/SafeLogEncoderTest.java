package dev.zhiku.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import dev.zhiku.server.identity.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class SafeLogEncoderTest {
  private final LoggerContext context = new LoggerContext();
  private ConsoleAppender<ILoggingEvent> console;

  @BeforeEach
  @SuppressWarnings("unchecked")
  void configure() throws Exception {
    JoranConfigurator configurator = new JoranConfigurator();
    configurator.setContext(context);
    configurator.doConfigure(
        Objects.requireNonNull(SafeLogEncoderTest.class.getResource("/logback.xml")));
    console =
        (ConsoleAppender<ILoggingEvent>)
            context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
  }

  private String logged(String message, @Nullable Throwable thrown) {
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger(Logger.ROOT_LOGGER_NAME),
            Level.WARN,
            message,
            thrown,
            new Object[0]);
    return new String(console.getEncoder().encode(event), StandardCharsets.UTF_8);
  }

  @Test
  void what_others_name_neither_steers_a_terminal_nor_breaks_a_line() {
    String entry =
        logged("The model esc:\u001b[31mred\u0007\u0085\u2028\u202e\nx is fetched.", null);

    assertThat(entry.strip().lines()).hasSize(1);
    assertThat(entry).contains("esc:\\u001b[31mred\\u0007\\u0085\\u2028\\u202e | x is fetched.");
  }

  @Test
  void of_a_key_only_its_public_part_is_logged() {
    String key = AccessKey.random().text();

    assertThat(logged("Refused: Bearer " + key, new IllegalStateException(key)))
        .contains(key.substring(0, 11) + "_…")
        .doesNotContain(key.substring(12));
  }

  @Test
  void the_message_of_an_exception_makes_up_no_entry() {
    String entry =
        logged("It failed.", new IllegalStateException("bad\n12:00:00 INFO  all is well\u001b[2J"));

    assertThat(entry).contains("\t| 12:00:00 INFO  all is well\\u001b[2J");
    assertThat(entry.lines().filter(line -> line.matches("\\d.*"))).hasSize(1);
    assertThat(entry).contains("\tat dev.zhiku");
  }
}
