package dev.zhiku.server.access;

import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.http.ServerText;
import dev.zhiku.server.identity.Right;
import io.micronaut.http.HttpMethod;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which right a request needs; what is not named here needs the administrator's. */
final class Rights {
  /** Parts of the page, whether the service lives and which one it is, and signing in. */
  private static final Pattern PUBLIC =
      Pattern.compile(
          "/|/favicon\\.svg|/opensearch\\.xml|/embed|/nextchat/api/config|/[a-z-]+\\.js|/(assets|components|styles|webjars)/.*|/health/(live|instance)|/session|/invite");

  /** Routes that sign somebody in, or out. */
  private static final Pattern SIGNING =
      Pattern.compile("/session|/invitations/accept|/nextchat/api/config");

  private static final Pattern ASKING =
      Pattern.compile(
          "/query(/.*)?|/v1/((chat/)?completions|responses|embeddings)|/conversations(/.*)?|/mcp|/retrieval|/api/[^/]+|/nextchat/api/openai/v1/chat/completions");

  /** Routes that hold words of documents, or of questions. */
  private static final Pattern CONTENT =
      Pattern.compile(
          "/(documents|search|plain|query|conversations|v1|api|connect|nextchat|dashboard)(/.*)?");

  /**
   * Models, sources and settings are the administrator's, to look at too, and so is what names
   * documents of others.
   */
  private static final Pattern ADMINISTRATION =
      Pattern.compile("/(models|sources|settings|trash)(/.*)?|/access/why");

  /** Who may do what, who changed it, who did what, and what was sent where. */
  private static final Pattern WHO_MAY =
      Pattern.compile("/(keys|persons|invitations|access|groups|audit|egress)(/.*)?");

  private Rights() {}

  /**
   * Empty if nobody has to say who they are.
   *
   * @param asked a slash at the end changes nothing, as it leads to the same route
   */
  static Optional<Right> needed(HttpMethod method, String asked) {
    String path = withoutSlash(asked);
    boolean reads = method == HttpMethod.GET || method == HttpMethod.HEAD;
    if (reads ? PUBLIC.matcher(path).matches() : SIGNING.matcher(path).matches()) {
      return Optional.empty();
    }
    if (ADMINISTRATION.matcher(path).matches()) {
      return Optional.of(Right.ADMINISTER);
    }
    return Optional.of(reads ? toRead(path) : toChange(method, path));
  }

  /** What is said to somebody who has not the right. */
  static Phrase missing(Right right) {
    return ServerText.of(
        switch (right) {
          case STATUS -> "status-only";
          case READ -> "reader-only";
          case UPLOAD -> "uploader-only";
          case AUDIT -> "auditor-only";
          case ADMINISTER -> "admin-only";
        });
  }

  private static String withoutSlash(String path) {
    int end = path.length();
    while (end > 1 && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(0, end);
  }

  private static Right toRead(String path) {
    if (WHO_MAY.matcher(path).matches()) {
      return Right.AUDIT;
    }
    return CONTENT.matcher(path).matches() ? Right.READ : Right.STATUS;
  }

  private static Right toChange(HttpMethod method, String path) {
    if (ASKING.matcher(path).matches()) {
      return Right.READ;
    }
    return method == HttpMethod.POST && path.equals("/documents") ? Right.UPLOAD : Right.ADMINISTER;
  }
}
