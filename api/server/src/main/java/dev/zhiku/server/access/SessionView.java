package dev.zhiku.server.access;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.zhiku.answering.search.Principal;
import dev.zhiku.server.identity.Identities;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Locale;

/**
 * Who asks.
 *
 * @param kind machine, person, key, browser, shared-key or nobody
 * @param name of the person, or label of the key; null where there is none
 * @param role reader, uploader, admin or auditor; null for nobody
 * @param signedIn whether this browser was signed in and can be signed out
 */
@Schema(name = "Session")
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record SessionView(String kind, @Nullable String name, @Nullable String role, boolean signedIn) {
  static final SessionView NOBODY = new SessionView("nobody", null, null, false);

  /**
   * @param byCookie whether a cookie is what lets it in, and not that it comes from this machine
   */
  static SessionView of(Grant grant, Identities identities, boolean byCookie) {
    Principal principal = grant.principal();
    return new SessionView(
        principal.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'),
        identities.nameOf(principal).orElse(null),
        grant.role().wireName(),
        byCookie
            && principal.kind() != Principal.Kind.MACHINE
            && !principal.speaker().equals(Principal.PROXY));
  }
}
