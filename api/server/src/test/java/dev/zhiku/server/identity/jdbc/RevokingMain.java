package dev.zhiku.server.identity.jdbc;

import dev.zhiku.server.identity.KeyHash;
import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import dev.zhiku.server.identity.Role;
import io.micronaut.context.ApplicationContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;

/**
 * A process that makes a key and revokes it again and again, and says so of each, until it is
 * killed.
 */
final class RevokingMain {
  static final KeyHash HASH =
      new KeyHash(new SecretKeySpec("secret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"), "t");

  private RevokingMain() {}

  static ApplicationContext open(Path folder) {
    return ApplicationContext.builder()
        .deduceEnvironment(false)
        .banner(false)
        .properties(ServiceDatabase.prepare(folder))
        .start();
  }

  public static void main(String[] arguments) {
    ApplicationContext context = open(Path.of(arguments[0]));
    NamedKeys keys = new NamedKeys(context.getBean(KeyStore.class), HASH, Clock.systemUTC());
    while (true) {
      NamedKeys.Made made =
          keys.create(
              new NamedKey.Terms(
                  "a", Role.READER, Optional.empty(), List.of(), Optional.empty(), false),
              "machine");
      System.out.println("made " + made.key().id() + " " + made.text());
      keys.revoke(made.key().id(), "machine");
      System.out.println("revoked " + made.key().id());
      System.out.flush();
    }
  }
}
