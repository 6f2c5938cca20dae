package dev.zhiku.app.start;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

class SafeJsonEncoderTest {
  @Test
  void an_entry_is_one_object_on_one_line_whatever_others_name() throws Exception {
    LoggerContext context = new LoggerContext();
    LogbackMDCAdapter of = new LogbackMDCAdapter();
    of.put("request", "r_0123");
    context.setMDCAdapter(of);
    SafeJsonEncoder encoder = new SafeJsonEncoder();
    encoder.setContext(context);
    encoder.start();
    String hostile = "esc:\u001b[31m \"quoted\" \u202e\nsecond 年假";
    LoggingEvent event =
        new LoggingEvent(
            "",
            context.getLogger(Logger.ROOT_LOGGER_NAME),
            Level.WARN,
            "The model {} is fetched.",
            new IllegalStateException("bad\n{\"level\":\"INFO\"}"),
            new Object[] {hostile});

    String entry = new String(encoder.encode(event), StandardCharsets.UTF_8);
    assertThat(entry).endsWith("\n");
    assertThat(entry.strip().lines()).hasSize(1);
    assertThat(entry).doesNotContain("\u001b", "\u202e");
    JsonNode read = new ObjectMapper().readTree(entry);
    assertThat(read.path("level").asText()).isEqualTo("WARN");
    assertThat(read.at("/mdc/request").asText()).isEqualTo("r_0123");
    assertThat(read.path("formattedMessage").asText())
        .isEqualTo("The model " + hostile + " is fetched.");
    assertThat(read.at("/throwable/message").asText()).startsWith("bad\n{");
  }
}
