package dev.zhiku.server.audit.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.audit.AuditCheck;
import dev.zhiku.server.audit.AuditConfig;
import dev.zhiku.server.audit.AuditSearch;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many requests of many kinds at the same time: each is in the log once. */
class AuditedManyIT {
  private static final int CLIENTS = 8;
  private static final List<String> QUESTIONS =
      List.of(
          "{\"question\": \"年假有几天？\"}", "{\"question\": \"年假有几天？\", \"mode\": \"passages\"}", "{}");

  @TempDir private Path folder = Path.of("");

  @Test
  void five_hundred_requests_are_in_the_log_once() throws Exception {
    ask(500);
  }

  @Tag("long")
  @Test
  void ten_thousand_requests_are_in_the_log_once() throws Exception {
    ask(10_000);
  }

  private void ask(int requests) throws Exception {
    long begun = System.nanoTime();
    Set<String> answered = ConcurrentHashMap.newKeySet();
    try (AuditedServer server = AuditedServer.start(folder, AuditConfig.DEFAULT)) {
      try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
        for (int i = 0; i < requests; i++) {
          int number = i;
          clients.execute(() -> answered.add(id(request(server, number))));
        }
        clients.shutdown();
        assertThat(clients.awaitTermination(1, TimeUnit.HOURS)).isTrue();
      }
      List<String> logged = new ArrayList<>();
      server.log.search().each(AuditSearch.Wanted.ALL, one -> logged.add(one.event().request()));
      assertThat(answered).hasSize(requests);
      assertThat(logged).hasSize(requests);
      assertThat(new HashSet<>(logged)).isEqualTo(answered);
    }
    assertThat(AuditCheck.of(folder.resolve("audit"), Optional.empty()).isSound()).isTrue();
    System.out.printf(
        "%d requests by %d clients, each in the log once; %d s%n",
        requests, CLIENTS, (System.nanoTime() - begun) / 1_000_000_000);
  }

  private static HttpResponse<String> request(AuditedServer server, int number) {
    return switch (number % 4) {
      case 0 -> server.http.send("DELETE", "/documents/d_" + number);
      case 1 -> server.http.postJson("/keys", "{\"label\":" + number + "}");
      default -> server.http.postJson("/query", QUESTIONS.get(number % QUESTIONS.size()));
    };
  }

  private static String id(HttpResponse<String> response) {
    return response.headers().firstValue("x-request-id").orElseThrow();
  }
}
