package dev.zhiku.server.audit.web;

import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.access.Asker;
import dev.zhiku.server.audit.AuditEvent;
import dev.zhiku.server.audit.AuditNote;
import dev.zhiku.server.audit.DeletedDocument;
import dev.zhiku.server.http.RequestId;
import dev.zhiku.server.identity.Role;
import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The translation of an HTTP request and its response into an audit event. */
final class RequestEvent {
  /** A question, answered or not. */
  private static final String ASKED = "asked";

  /** Somebody was not let in, or not to this. */
  private static final String REFUSED = "refused";

  private static final String CHANGED = "changed";
  private static final Set<HttpMethod> SAFE =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Set<Integer> REFUSALS = Set.of(401, 403);

  /** Names of what requests other than reading do, by the first step of their address. */
  private static final Map<String, String> BY_ROUTE =
      Map.ofEntries(
          Map.entry("documents", "document-changed"),
          Map.entry("query", ASKED),
          Map.entry("explain", "explained"),
          Map.entry("v1", ASKED),
          Map.entry("retrieval", ASKED),
          Map.entry("mcp", "called"),
          Map.entry("conversations", "conversation-changed"),
          Map.entry("session", "signed-in"),
          Map.entry("keys", "key-changed"),
          Map.entry("persons", "person-changed"),
          Map.entry("invitations", "person-changed"),
          Map.entry("access", "rule-changed"),
          Map.entry("groups", "rule-changed"),
          Map.entry("sources", "source-changed"),
          Map.entry("ingest", "ingest-changed"),
          Map.entry("models", "model-changed"),
          Map.entry("settings", "setting-changed"),
          Map.entry("trash", "trash-emptied"),
          Map.entry("backup", "backup-made"));

  /** Names of operations that are called otherwise than their neighbours. */
  private static final Map<String, String> BY_OPERATION =
      Map.of(
          "POST /documents", "uploaded",
          "POST /v1/embeddings", "embedded",
          "DELETE /session", "signed-out",
          "POST /invitations/accept", "signed-in",
          "GET /audit", "audit-read");

  private RequestEvent() {}

  /** What a request did that was answered like this; empty for what is not kept. */
  static Optional<AuditEvent> of(HttpRequest<?> request, HttpResponse<?> response) {
    String made = response.getHeaders().get(HttpHeaders.LOCATION);
    String operation = operation(request);
    return what(request, response.code())
        .map(
            what ->
                event(
                    request,
                    what,
                    operation
                        + (made == null ? "" : " " + made)
                        + AuditNote.of(request).map(note -> " " + note).orElse(""),
                    Integer.toString(response.code()),
                    Optional.empty()));
  }

  /** A question that was answered. */
  static AuditEvent asked(HttpRequest<?> request, String outcome, AuditEvent.AnswerFacts answer) {
    return event(request, ASKED, operation(request), outcome, Optional.of(answer));
  }

  /** Whether anybody can cause such events, who has no right to anything here. */
  static boolean isOfStranger(AuditEvent event) {
    return event.what().equals(REFUSED) || event.role().isEmpty();
  }

  private static String operation(HttpRequest<?> request) {
    return request.getMethod() + " " + request.getPath();
  }

  private static Optional<String> what(HttpRequest<?> request, int status) {
    if (REFUSALS.contains(status)) {
      return Optional.of(REFUSED);
    }
    String operation = operation(request);
    String named = BY_OPERATION.get(operation);
    if (named != null) {
      return Optional.of(named);
    }
    if (SAFE.contains(request.getMethod())) {
      return Optional.empty();
    }
    if (operation.matches("DELETE /documents/[^/]+")) {
      return Optional.of("deleted");
    }
    if (operation.matches("POST /trash/[^/]+/restore")) {
      return Optional.of("restored");
    }
    String[] steps = request.getPath().split("/", 3);
    return Optional.of(BY_ROUTE.getOrDefault(steps.length > 1 ? steps[1] : "", CHANGED));
  }

  /** An event of whoever sent this request. */
  private static AuditEvent event(
      HttpRequest<?> request,
      String what,
      String subject,
      String outcome,
      Optional<AuditEvent.AnswerFacts> answer) {
    AuditEvent event = bare(request, what, subject, outcome, answer);
    return DeletedDocument.of(request).map(event::of).orElse(event);
  }

  private static AuditEvent bare(
      HttpRequest<?> request,
      String what,
      String subject,
      String outcome,
      Optional<AuditEvent.AnswerFacts> answer) {
    Asker asker = Asker.of(request);
    Principal principal = asker.principal();
    boolean speaksForItself = principal.speaker().isEmpty();
    return new AuditEvent(
        what,
        speaksForItself ? principal.name() : principal.speakerName(),
        asker.role().map(Role::wireName).orElse(""),
        speaksForItself ? "" : new Principal(principal.kind(), principal.id()).name(),
        asker.address(),
        RequestId.of(request),
        subject,
        outcome,
        answer);
  }
}
