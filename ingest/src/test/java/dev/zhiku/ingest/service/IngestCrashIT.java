package dev.zhiku.ingest.service;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service with its real stores, killed from outside and checked against what must be. */
class IngestCrashIT {
  private static final long SEED = Long.getLong("zhiku.test.seed", 20_261_120L);

  private static final int KILLS_IN_A_ROW = 5;

  @TempDir private Path base;

  @Test
  void four_kills_under_load_lose_nothing_and_leave_no_ghost() throws Exception {
    killAgainAndAgain(4, 1, 2);
  }

  @Test
  @Tag("long")
  @Tag("seeds")
  void thirty_kills_under_load_lose_nothing_and_leave_no_ghost() throws Exception {
    killAgainAndAgain(30, 5, 5);
  }

  @Test
  @Tag("soak")
  void five_hundred_kills_under_load_lose_nothing_and_leave_no_ghost() throws Exception {
    killAgainAndAgain(500, 50, 10);
  }

  /**
   * @param duringRecovery so many of the kills, in rows of five at most
   */
  private void killAgainAndAgain(int kills, int duringRecovery, int checkEvery) throws Exception {
    System.out.println("seed " + SEED);
    KillRun run = new KillRun(base, SEED);
    int row = Math.min(duringRecovery, KILLS_IN_A_ROW);
    int every = kills * row / duringRecovery;
    for (int kill = 0; kill < kills; kill++) {
      if (kill % every >= every - row) {
        run.killDuringRecovery();
      } else {
        run.killUnderLoad();
      }
      if ((kill + 1) % checkEvery == 0 || kill + 1 == kills) {
        run.check();
        System.out.println(run.summary());
      }
    }
  }
}
