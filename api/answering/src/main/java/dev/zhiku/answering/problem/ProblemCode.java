package dev.zhiku.answering.problem;

import java.util.Locale;

/**
 * Stable codes of the errors that HTTP clients see, with their status. Title, detail and remedy are
 * in {@code problems.properties} (English) and {@code problems_zh.properties}, which also say what
 * the places {@code {0}}, {@code {1}} stand for.
 */
public enum ProblemCode {
  MALFORMED_JSON(400),
  MALFORMED_REQUEST(400),
  UNKNOWN_FIELD(400),
  VALUE_OUT_OF_RANGE(400),
  QUESTION_EMPTY(400),
  BODY_NOT_UTF_8(400),
  PATH_OUTSIDE_SOURCE(400),
  NOT_AUTHENTICATED(401),
  NOT_ALLOWED(403),
  ORIGIN_NOT_ALLOWED(403),
  HOST_NOT_ALLOWED(403),
  NOT_FOUND(404),
  DOCUMENT_NOT_FOUND(404),
  QUERY_NOT_FOUND(404),
  SOURCE_NOT_FOUND(404),
  MODEL_NOT_FOUND(404),
  PULL_NOT_FOUND(404),
  KEY_NOT_FOUND(404),
  CONVERSATION_NOT_FOUND(404),
  CONVERSATIONS_OFF(404),
  PERSON_NOT_FOUND(404),
  METHOD_NOT_ALLOWED(405),
  NOT_ACCEPTABLE(406),
  DOCUMENT_EXISTS(409),
  MODEL_EXISTS(409),
  MODEL_IN_USE(409),
  MODEL_NOT_USABLE(409),
  SETTING_LOCKED(409),
  NO_PREVIOUS_MODEL(409),
  PULL_RUNNING(409),
  KEYS_TOO_MANY(409),
  CONVERSATIONS_NOT_KEPT(409),
  CONVERSATION_LIMIT(409),
  PERSON_EXISTS(409),
  PERSONS_TOO_MANY(409),
  RULES_TOO_MANY(409),
  INVITATION_ENDED(410),
  UPLOAD_TOO_LARGE(413),
  BODY_TOO_LARGE(413),
  QUESTION_TOO_LONG(413),
  UNSUPPORTED_MEDIA_TYPE(415),
  RANGE_NOT_SATISFIABLE(416),
  CHECKSUM_MISSING(422),
  CHECKSUM_MISMATCH(422),
  MODEL_REFUSED(422),
  TOO_MANY_REQUESTS(429),
  HEADERS_TOO_LARGE(431),
  INTERNAL_ERROR(500),
  MODEL_SOURCE_UNAVAILABLE(502),
  QUEUE_FULL(503),
  BODIES_TOO_MANY(503),
  SHUTTING_DOWN(503),
  TOO_MANY_CONNECTIONS(503),
  SOURCE_OFFLINE(503),
  CATALOGUE_UNAVAILABLE(503),
  EMBEDDER_AWAY(503),
  ACCESS_UNAVAILABLE(503),
  CONVERSATIONS_UNAVAILABLE(503),
  DISK_FULL(507),
  NO_SPACE_FOR_MODEL(507);

  private final int status;

  ProblemCode(int status) {
    this.status = status;
  }

  /** HTTP status. */
  public int status() {
    return status;
  }

  /** Kebab-case name used on the wire. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
