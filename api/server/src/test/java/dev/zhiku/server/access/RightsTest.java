package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micronaut.http.HttpMethod;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {
  @ParameterizedTest
  @CsvSource({
    "POST, /query, READER",
    "DELETE, /query/q_1, READER",
    "GET, /query/q_1/events, READER",
    "POST, /queryx, ADMIN",
    "POST, /v1/chat/completions, READER",
    "GET, /v1/models, READER",
    "POST, /v1/models, ADMIN",
    "POST, /documents, ADMIN",
    "PUT, /settings, ADMIN",
    "OPTIONS, /, ADMIN",
    "POST, /app.js, ADMIN",
    "HEAD, /status, READER",
    "GET, /App.js, READER",
    "GET, /stylesheet, READER",
    "GET, /documents/app.js, READER",
  })
  void asking_needs_a_reader_and_any_other_change_an_administrator(
      HttpMethod method, String path, Role role) {
    assertThat(Rights.needed(method, path)).contains(role);
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /",
    "HEAD, /",
    "GET, /app.js",
    "GET, /favicon.svg",
    "GET, /components/ask/ask.js",
    "GET, /webjars/lit/3.3.2/index.js",
    "GET, /health/live",
    "GET, /health/instance",
    "POST, /session",
    "DELETE, /session",
  })
  void the_page_and_signing_in_need_nobody(HttpMethod method, String path) {
    assertThat(Rights.needed(method, path)).isEqualTo(Optional.empty());
  }
}
