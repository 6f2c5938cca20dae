package dev.zhiku.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.Right;
import io.micronaut.http.HttpMethod;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RightsTest {
  @ParameterizedTest
  @CsvSource({
    "POST, /query, READ",
    "DELETE, /query/q_1, READ",
    "GET, /query/q_1/events, READ",
    "POST, /conversations, READ",
    "GET, /conversations/c_1/export, READ",
    "PATCH, /conversations/c_1, READ",
    "PUT, /conversations/c_1/turns/1/rating, READ",
    "DELETE, /conversations/c_1, READ",
    "DELETE, /conversationsx, ADMINISTER",
    "POST, /queryx, ADMINISTER",
    "POST, /v1/chat/completions, READ",
    "GET, /v1/models, READ",
    "POST, /v1/models, ADMINISTER",
    "POST, /documents, UPLOAD",
    "PUT, /documents, ADMINISTER",
    "POST, /documents/d_1/retry, ADMINISTER",
    "DELETE, /documents/d_1, ADMINISTER",
    "GET, /documents, READ",
    "GET, /search, READ",
    "GET, /search/table, READ",
    "GET, /documents/d_1/content, READ",
    "PUT, /settings, ADMINISTER",
    "POST, /backup, ADMINISTER",
    "OPTIONS, /, ADMINISTER",
    "POST, /app.js, ADMINISTER",
    "HEAD, /status, STATUS",
    "GET, /metrics, STATUS",
    "GET, /App.js, STATUS",
    "GET, /stylesheet, STATUS",
    "GET, /documents/app.js, READ",
    "GET, /models, ADMINISTER",
    "GET, /sources, ADMINISTER",
    "POST, /sources, ADMINISTER",
    "DELETE, /sources/share, ADMINISTER",
    "GET, /trash, ADMINISTER",
    "POST, /trash/d_1/restore, ADMINISTER",
    "DELETE, /trash/d_1, ADMINISTER",
    "GET, /keys, AUDIT",
    "POST, /keys, ADMINISTER",
    "DELETE, /keys/k_1, ADMINISTER",
    "POST, /keys/k_1/rotate, ADMINISTER",
    "GET, /keys/changes, AUDIT",
    "GET, /audit, AUDIT",
    "GET, /egress, AUDIT",
    "GET, /access/why, ADMINISTER",
    "GET, /access/why/, ADMINISTER",
    "GET, /access/show/, AUDIT",
    "GET, /keys/, AUDIT",
    "GET, /documents/, READ",
    "POST, /retrieval/, READ",
    "POST, /documents/, UPLOAD",
    "POST, /explain//, ADMINISTER",
    "DELETE, /audit, ADMINISTER",
  })
  void each_request_needs_one_right_and_an_unknown_change_the_administrators(
      HttpMethod method, String path, Right right) {
    assertThat(Rights.needed(method, path)).contains(right);
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
