package dev.zhiku.ingest.service;

import dev.zhiku.index.testing.InMemoryKnowledgeIndex;
import dev.zhiku.ingest.catalog.SourceRecord;
import dev.zhiku.ingest.source.SourceConfig;
import dev.zhiku.ingest.testing.CatalogFixture;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * The service where the system is short of watches, or where a share is mounted and unmounted under
 * its hands; runs as root of a namespace of its own. Prints what it saw.
 */
final class NamespaceChild {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final int FILES = 30;
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  private NamespaceChild() {}

  public static void main(String[] args) throws Exception {
    Path base = Path.of(args[1]);
    Path folder = base.resolve("knowledge");
    SourceConfig source =
        new SourceConfig(
            "knowledge", folder, false, List.of(), List.of(), Duration.ofHours(1), false);
    try (CatalogFixture catalog = CatalogFixture.open(base.resolve("db"));
        InMemoryKnowledgeIndex index = new InMemoryKnowledgeIndex();
        RunningIngest ingest =
            RunningIngest.start(
                List.of(source), CrashChild.QUICK, base.resolve("data"), catalog.ledger(), index)) {
      switch (args[0]) {
        case "watches" -> shortOfWatches(ingest, folder);
        case "mount" -> unmounted(ingest, folder);
        default -> throw new IllegalArgumentException(args[0]);
      }
    }
  }

  private static SourceRecord source(RunningIngest ingest) {
    return ingest.ledger.source("knowledge").orElseThrow();
  }

  private static void say(String what, Callable<Boolean> condition) throws Exception {
    OUT.println(what + " after ms " + RunningIngest.await(what, LONG, condition).toMillis());
  }

  private static void shortOfWatches(RunningIngest ingest, Path folder) throws Exception {
    RunningIngest.await("looked", LONG, () -> source(ingest).lastScanAt().isPresent());
    for (int i = 0; i < FILES; i++) {
      Path below = Files.createDirectories(folder.resolve("d" + i));
      Files.writeString(below.resolve("first.txt"), "First of " + i + ".");
    }
    say("first files", () -> ingest.counts().indexed() == FILES);
    Files.writeString(folder.resolve("d" + (FILES - 1) + "/late.txt"), "Late and still found.");
    say("late file", () -> ingest.answers("knowledge:d" + (FILES - 1) + "/late.txt", "Late"));
    OUT.println("detail " + source(ingest).detail());
    OUT.println("held " + source(ingest).held());
  }

  private static void unmounted(RunningIngest ingest, Path folder) throws Exception {
    for (int i = 0; i < FILES; i++) {
      Files.writeString(folder.resolve("f" + i + ".txt"), "File " + i + ".");
    }
    say("indexed", () -> ingest.counts().indexed() == FILES);
    run("umount", "-l", folder.toString());
    say("held", () -> source(ingest).held());
    Thread.sleep(2_000);
    OUT.println("answered while away " + ingest.answered().size());
    int read = ingest.extractor.files();
    run("mount", "--bind", folder.resolveSibling("share").toString(), folder.toString());
    say("back", () -> !source(ingest).held());
    say("at rest", () -> ingest.counts().pending() == 0);
    OUT.println("answered afterwards " + ingest.answered().size());
    OUT.println("read again " + (ingest.extractor.files() - read));
  }

  private static void run(String... command) throws Exception {
    int code = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (code != 0) {
      throw new AssertionError(String.join(" ", command) + " ended with " + code);
    }
  }
}
