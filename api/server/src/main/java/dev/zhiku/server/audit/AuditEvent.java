package dev.zhiku.server.audit;

import dev.zhiku.server.identity.AccessKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Something that was done, before it has its place in the log.
 *
 * @param what was done, in one word such as {@code uploaded}
 * @param who did it, as {@link dev.zhiku.answering.search.Principal} names him; an application for
 *     each of its users
 * @param role he has; empty where he has none
 * @param behalf of whom an application asked; empty if of nobody
 * @param from which address
 * @param request its id; empty for what the service does by itself
 * @param subject it was done to
 * @param outcome what came of it: the status of the response, or how an answer ended
 * @param answer what is known of an answer
 * @param document what a document was that was deleted
 */
public record AuditEvent(
    String what,
    String who,
    String role,
    String behalf,
    String from,
    String request,
    String subject,
    String outcome,
    Optional<AnswerFacts> answer,
    Optional<DocumentFacts> document) {
  /** Name of the service itself among those who do something. */
  public static final String SERVICE = "service";

  /** Longest text of a field, in characters: whoever sends more does not fill the disk with it. */
  static final int MAX_CHARS = 400;

  public AuditEvent {
    who = cut(who);
    behalf = cut(behalf);
    subject = cut(subject);
  }

  /** An event that deletes nothing. */
  public AuditEvent(
      String what,
      String who,
      String role,
      String behalf,
      String from,
      String request,
      String subject,
      String outcome,
      Optional<AnswerFacts> answer) {
    this(what, who, role, behalf, from, request, subject, outcome, answer, Optional.empty());
  }

  private static String cut(String text) {
    return written(text.length() <= MAX_CHARS ? text : text.substring(0, MAX_CHARS) + "…");
  }

  /**
   * What a text becomes in UTF-8, which halves of characters cannot be written in, without the
   * secret of any key in it.
   */
  private static String written(String text) {
    return AccessKey.masked(
        new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8));
  }

  /** What the service did by itself. */
  public static AuditEvent ofService(String what, String subject, String outcome) {
    return new AuditEvent(what, SERVICE, "", "", "", "", subject, outcome, Optional.empty());
  }

  /** The same with what was deleted. */
  public AuditEvent of(DocumentFacts deleted) {
    return new AuditEvent(
        what, who, role, behalf, from, request, subject, outcome, answer, Optional.of(deleted));
  }

  /**
   * What a document was.
   *
   * @param id of the document
   * @param source it was in
   * @param path inside the source
   * @param sha256 of its bytes as they were last read; empty if they never were
   * @param bytes of the file
   */
  public record DocumentFacts(String id, String source, String path, String sha256, long bytes) {
    public DocumentFacts {
      path = cut(path);
    }
  }

  /**
   * What an answer rests on.
   *
   * @param id of the answer
   * @param backend that wrote it
   * @param model of the backend; empty if it has none
   * @param promptForm in which the model was asked; empty if none was
   * @param epoch of the index that was searched
   * @param files SHA-256 of each file whose passages were shown, in the order of the passages
   * @param question its text, where the configuration has it kept
   */
  public record AnswerFacts(
      String id,
      String backend,
      String model,
      String promptForm,
      long epoch,
      List<String> files,
      Optional<String> question) {
    public AnswerFacts {
      files = List.copyOf(files);
      question = question.map(AuditEvent::written);
    }
  }
}
