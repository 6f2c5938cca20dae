package dev.zhiku.server.identity.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.zhiku.server.identity.KeyStore;
import dev.zhiku.server.identity.NamedKeys;
import io.micronaut.context.ApplicationContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys whose revocation was answered stay revoked, however the process ends. */
class RevocationCrashIT {
  private static final int MOST_REVOKED = 40;

  @Test
  void no_key_lives_that_was_revoked_before_a_kill(@TempDir Path folder) throws Exception {
    killAndLook(folder, 2);
  }

  @Test
  @Tag("crash")
  @Tag("seeds")
  void no_key_lives_that_was_revoked_before_any_of_many_kills(@TempDir Path folder)
      throws Exception {
    killAndLook(folder, 40);
  }

  private static void killAndLook(Path folder, int kills) throws Exception {
    long seed = Long.getLong("zhiku.test.seed", System.nanoTime());
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    Map<String, String> secrets = new HashMap<>();
    Set<String> revoked = new HashSet<>();
    for (int i = 0; i < kills; i++) {
      revokeUntilKilled(folder, 1 + random.nextInt(MOST_REVOKED), secrets, revoked);
      try (ApplicationContext context = RevokingMain.open(folder)) {
        NamedKeys keys =
            new NamedKeys(context.getBean(KeyStore.class), RevokingMain.HASH, Clock.systemUTC());
        for (String id : revoked) {
          assertThat(keys.find(id)).as(id).isPresent();
          assertThat(keys.opened(secrets.getOrDefault(id, ""), InetAddress.getLoopbackAddress()))
              .as(id)
              .isEmpty();
        }
      }
    }
    assertThat(revoked).hasSizeGreaterThanOrEqualTo(kills);
  }

  private static void revokeUntilKilled(
      Path folder, int atLeast, Map<String, String> secrets, Set<String> revoked)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                RevokingMain.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    int seen = 0;
    try (BufferedReader lines = process.inputReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("made")) {
          secrets.put(words[1], words[2]);
        } else if (words[0].equals("revoked")) {
          revoked.add(words[1]);
          seen++;
          if (seen == atLeast) {
            process.destroyForcibly();
            break;
          }
        }
      }
    }
    process.waitFor();
    assertThat(seen).as("revoked before the end of the process").isEqualTo(atLeast);
  }
}
