package dev.zhiku.ingest.child;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A service that is about to be killed while its child works: prints the child's process id. */
public final class OrphaningParent {
  private OrphaningParent() {}

  public static void main(String[] arguments) throws InterruptedException {
    ChildSettings settings =
        new ChildSettings(
            "orphan",
            TroubledChild.class.getName(),
            List.of(),
            List.of(),
            0,
            1,
            64L << 20,
            1 << 20,
            Duration.ofMinutes(3),
            10,
            Path.of(arguments[0]));
    try (ChildPool pool = ChildPool.open(settings)) {
      pool.call("echo ready".getBytes(StandardCharsets.UTF_8), Duration.ofMinutes(3));
      System.out.println(pool.pids().getFirst());
      System.out.flush();
      pool.call("hang".getBytes(StandardCharsets.UTF_8), Duration.ofHours(1));
    }
  }
}
