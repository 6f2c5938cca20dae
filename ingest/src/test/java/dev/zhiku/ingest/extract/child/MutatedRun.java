package dev.zhiku.ingest.extract.child;

import dev.zhiku.ingest.extract.ExtractLimits;
import dev.zhiku.ingest.extract.Extracted;
import dev.zhiku.ingest.testing.Mutation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/**
 * A process of its own that has damaged files read by parser children and tells what came of it, so
 * that it can run where there is no network. Arguments: folder of files, folder to work in, seed,
 * how many.
 */
final class MutatedRun {
  private static final long LARGEST_BYTES = 1 << 20;
  private static final Duration TIME = Duration.ofSeconds(20);

  /** A child that was ended may have to be started again first, which is given ten minutes. */
  private static final Duration MORE_THAN_TIME = TIME.plus(Duration.ofMinutes(10)).plusSeconds(15);

  private static final int CHILDREN = 2;
  private static final List<Mutation> MUTATIONS = List.of(Mutation.values());
  private static final ExtractLimits LIMITS =
      new ExtractLimits(TIME, 512L << 20, 10_000_000, 200_000, 10, 1_000, 1L << 30, 100);

  private final List<Path> originals;
  private final Path work;
  private final Random random;
  private final Map<String, Integer> outcomes = new TreeMap<>();
  private long slowestMillis;
  private int hangs;

  private MutatedRun(List<Path> originals, Path work, long seed) {
    this.originals = originals;
    this.work = work;
    this.random = new Random(seed);
  }

  /** A damaged file in the making; made in order, so that the seed alone decides. */
  private record Mutant(int number, Path original, Mutation mutation, long seed) {}

  public static void main(String[] arguments) throws Exception {
    try (Stream<Path> files = Files.walk(Path.of(arguments[0]))) {
      List<Path> originals = files.filter(MutatedRun::isTaken).sorted().toList();
      MutatedRun run =
          new MutatedRun(originals, Path.of(arguments[1]), Long.parseLong(arguments[2]));
      run.run(Integer.parseInt(arguments[3]));
    }
  }

  private static boolean isTaken(Path file) {
    try {
      return Files.isRegularFile(file) && Files.size(file) > 0 && Files.size(file) <= LARGEST_BYTES;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void run(int count) throws Exception {
    Path temporary = work.resolve("parser");
    try (ChildExtractor extractor = ChildExtractor.open(temporary, CHILDREN, LIMITS);
        ExecutorService readers = Executors.newFixedThreadPool(CHILDREN)) {
      List<Future<?>> readings = new ArrayList<>();
      for (int number = 0; number < count; number++) {
        Mutant mutant =
            new Mutant(
                number,
                originals.get(random.nextInt(originals.size())),
                MUTATIONS.get(random.nextInt(MUTATIONS.size())),
                random.nextLong());
        readings.add(readers.submit(() -> read(mutant, extractor)));
      }
      for (Future<?> reading : readings) {
        reading.get();
      }
      System.out.println("files " + count + " of " + originals.size() + " originals");
      System.out.println("left-in-temporary " + filesIn(temporary));
    }
    outcomes.forEach((outcome, files) -> System.out.println("outcome " + outcome + " " + files));
    System.out.println("slowest-ms " + slowestMillis);
    System.out.println("hangs " + hangs);
    System.out.println("packets " + packets());
  }

  private Void read(Mutant mutant, ChildExtractor extractor) throws Exception {
    byte[] bytes =
        mutant.mutation().of(Files.readAllBytes(mutant.original()), new Random(mutant.seed()));
    Path file = Files.write(work.resolve("mutant-" + mutant.number()), bytes);
    long start = System.nanoTime();
    Extracted extracted = extractor.extract(file, mutant.original().getFileName().toString());
    long millis = (System.nanoTime() - start) / 1_000_000;
    Files.delete(file);
    count(mutant, extracted, millis);
    return null;
  }

  private synchronized void count(Mutant mutant, Extracted extracted, long millis) {
    String outcome =
        switch (extracted) {
          case Extracted.Content content -> "text";
          case Extracted.Rejected rejected -> rejected.reason().code().wireName();
        };
    outcomes.merge(outcome, 1, Integer::sum);
    slowestMillis = Math.max(slowestMillis, millis);
    boolean hung = millis > MORE_THAN_TIME.toMillis();
    hangs += hung ? 1 : 0;
    if (hung || outcome.startsWith("pars")) {
      System.out.println("odd " + mutant + " " + outcome + " after " + millis + " ms");
    }
  }

  private static long filesIn(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).count();
    }
  }

  /** Packets sent, tried without a route, and connections tried, in this network namespace. */
  private static long packets() throws IOException {
    Path counters = Path.of("/proc/net/snmp");
    if (!Files.isReadable(counters)) {
      return -1;
    }
    List<String> lines = Files.readAllLines(counters);
    return column(lines, "Ip:", "OutNoRoutes")
        + column(lines, "Ip:", "OutRequests")
        + column(lines, "Tcp:", "ActiveOpens")
        + column(lines, "Udp:", "OutDatagrams");
  }

  private static long column(List<String> lines, String protocol, String name) {
    List<String[]> rows =
        lines.stream()
            .filter(line -> line.startsWith(protocol))
            .map(line -> line.split(" ", -1))
            .toList();
    int column = List.of(rows.get(0)).indexOf(name);
    return Long.parseLong(rows.get(1)[column]);
  }
}
