package dev.zhiku.ingest.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Whatever a child does: crashing, hanging, filling memory or output, all that is left of it is an
 * outcome.
 */
class ChildPoolIT {
  private static final Duration PATIENT = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(700);

  private final Path temporary;

  ChildPoolIT(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @Test
  void a_request_gets_its_answer() throws Exception {
    try (ChildPool pool = open(1)) {
      assertThat(ask(pool, "echo 你好, child")).isEqualTo("你好, child");
    }
  }

  @Test
  void a_long_message_passes_both_ways() throws Exception {
    String text = "长".repeat(200_000);
    try (ChildPool pool = open(1)) {
      assertThat(ask(pool, "echo " + text)).isEqualTo(text);
    }
  }

  @Test
  void a_child_that_hangs_is_killed_and_the_next_request_is_answered() throws Exception {
    try (ChildPool pool = open(1)) {
      long pid = Long.parseLong(ask(pool, "pid"));
      assertThat(call(pool, "hang", SHORT)).isEqualTo(new ChildOutcome.TimedOut(SHORT));
      awaitEnd(pid);
      assertThat(ask(pool, "echo again")).isEqualTo("again");
    }
  }

  @Test
  void a_child_that_fills_its_heap_is_out_of_memory_and_nothing_else() throws Exception {
    try (ChildPool pool = open(1)) {
      assertThat(call(pool, "fill-heap", PATIENT))
          .isEqualTo(new ChildOutcome.OutOfMemory(64L << 20));
      assertThat(ask(pool, "echo again")).isEqualTo("again");
    }
  }

  @Test
  void a_child_that_exits_has_crashed_even_with_status_zero() throws Exception {
    try (ChildPool pool = open(1)) {
      assertThat(crash(pool, "exit 0")).contains("status 0");
      assertThat(crash(pool, "exit 17")).contains("status 17");
      assertThat(ask(pool, "echo again")).isEqualTo("again");
    }
  }

  @Test
  void a_child_whose_handler_throws_has_crashed_and_its_last_words_are_kept() throws Exception {
    try (ChildPool pool = open(1)) {
      assertThat(crash(pool, "throw a reason to remember")).contains("a reason to remember");
    }
  }

  @Test
  void a_child_killed_from_outside_has_crashed() throws Exception {
    try (ChildPool pool = open(1)) {
      long pid = Long.parseLong(ask(pool, "pid"));
      AtomicReference<ChildOutcome> outcome = new AtomicReference<>();
      Thread caller = Thread.ofPlatform().start(() -> outcome.set(callUnchecked(pool, "hang")));
      awaitHanging(temporary.resolve("children/1"));
      ProcessHandle.of(pid).orElseThrow().destroyForcibly();
      assertThat(caller.join(PATIENT)).isTrue();
      assertThat(outcome.get()).isInstanceOf(ChildOutcome.Crashed.class);
      assertThat(ask(pool, "echo again")).isEqualTo("again");
    }
  }

  @Test
  void what_a_library_prints_does_not_disturb_the_pipe() throws Exception {
    try (ChildPool pool = open(1)) {
      assertThat(ask(pool, "print garbage for everyone")).isEqualTo("printed");
      assertThat(ask(pool, "echo fine")).isEqualTo("fine");
    }
  }

  @Test
  void a_child_that_writes_into_the_pipe_itself_is_killed() throws Exception {
    try (ChildPool pool = open(1)) {
      long pid = Long.parseLong(ask(pool, "pid"));
      assertThat(crash(pool, "garbage")).contains("broke the protocol");
      awaitEnd(pid);
      assertThat(ask(pool, "echo again")).isEqualTo("again");
    }
  }

  @Test
  void an_answer_beyond_the_limit_is_not_read() throws Exception {
    ChildSettings settings = settings(1, 1_000, 10, TroubledChild.class.getName());
    try (ChildPool pool = ChildPool.open(settings)) {
      assertThat(ask(pool, "echo short")).isEqualTo("short");
      assertThat(callUnchecked(pool, "echo " + "x".repeat(2_000)))
          .isInstanceOf(ChildOutcome.Crashed.class);
    }
  }

  @Test
  void a_child_is_replaced_after_its_share_of_jobs() throws Exception {
    ChildSettings settings = settings(1, 1 << 20, 3, TroubledChild.class.getName());
    try (ChildPool pool = ChildPool.open(settings)) {
      String first = ask(pool, "pid");
      assertThat(ask(pool, "pid")).isEqualTo(first);
      assertThat(ask(pool, "pid")).isEqualTo(first);
      assertThat(ask(pool, "pid")).isNotEqualTo(first);
    }
  }

  @Test
  void a_hanging_child_does_not_hold_up_the_other_one() throws Exception {
    try (ChildPool pool = open(2)) {
      ask(pool, "echo warm");
      Thread caller = Thread.ofPlatform().start(() -> callUnchecked(pool, "hang"));
      awaitHanging(temporary.resolve("children/1"), temporary.resolve("children/2"));
      assertThat(ask(pool, "echo through")).isEqualTo("through");
      caller.interrupt();
      assertThat(caller.join(PATIENT)).isTrue();
    }
  }

  @Test
  void a_child_that_does_not_start_is_neither_a_crash_nor_a_hang() throws Exception {
    ChildSettings settings = settings(1, 1 << 20, 10, "dev.zhiku.ingest.child.NoSuchClass");
    try (ChildPool pool = ChildPool.open(settings)) {
      for (int i = 0; i < 2; i++) {
        assertThat(call(pool, "echo hello", PATIENT))
            .isInstanceOfSatisfying(
                ChildOutcome.NotStarted.class,
                nobody -> assertThat(nobody.detail()).contains("NoSuchClass"));
      }
    }
  }

  @Test
  void its_temporary_directory_is_private_and_emptied_after_every_request() throws Exception {
    try (ChildPool pool = open(1)) {
      Path litter = Path.of(ask(pool, "litter"));
      assertThat(litter).startsWithRaw(temporary.resolve("children"));
      assertThat(files()).isEmpty();
      assertThat(Files.getPosixFilePermissions(litter.getParent()))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }

  @Test
  void what_an_earlier_run_left_behind_is_gone_at_start() throws Exception {
    Path left = Files.createDirectories(temporary.resolve("children/1/deep"));
    Files.writeString(left.resolve("confidential.txt"), "secret");
    try (ChildPool pool = open(1)) {
      assertThat(ask(pool, "echo hello")).isEqualTo("hello");
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void a_child_opens_no_connection_and_resolves_no_name() throws Exception {
    try (ServerSocket listener = new ServerSocket(0);
        ChildPool pool = open(1)) {
      listener.setSoTimeout(200);
      String url = "http://127.0.0.1:" + listener.getLocalPort() + "/";
      assertThat(ask(pool, "connect " + listener.getLocalPort())).startsWith("refused");
      assertThat(ask(pool, "fetch " + url)).startsWith("refused");
      String self = InetAddress.getLocalHost().getHostName();
      assertThat(crash(pool, "resolve " + self)).contains("UnknownHost");
      assertThatThrownBy(listener::accept).isInstanceOf(IOException.class);
    }
  }

  @Test
  void a_child_unserialises_nothing_and_sees_nothing_of_the_environment() throws Exception {
    try (ChildPool pool = open(1)) {
      assertThat(ask(pool, "property jdk.serialFilter")).isEqualTo("!*");
      assertThat(ask(pool, "environment HOME")).isEqualTo("null");
    }
  }

  @Test
  void closing_ends_the_children_at_once() throws Exception {
    ChildPool pool = open(2);
    ask(pool, "echo hello");
    List<Long> pids = pool.pids();
    pool.close();
    assertThat(pids).isNotEmpty();
    for (long pid : pids) {
      awaitEnd(pid);
    }
    pool.close();
  }

  @Test
  void no_child_outlives_a_service_that_is_killed_in_the_middle_of_a_request() throws Exception {
    Process service =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OrphaningParent.class.getName(),
                temporary.resolve("orphans").toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader out =
        new BufferedReader(new InputStreamReader(service.getInputStream(), UTF_8))) {
      long child = Long.parseLong(lastNumber(out));
      awaitHanging(temporary.resolve("orphans/1"));
      assertThat(isAlive(child)).isTrue();
      service.destroyForcibly();
      awaitEnd(child);
    } finally {
      service.destroyForcibly();
    }
  }

  private static String lastNumber(BufferedReader out) throws IOException {
    String line = out.readLine();
    while (line != null && !line.matches("\\d+")) {
      line = out.readLine();
    }
    return String.valueOf(line);
  }

  /** Waits until a child with one of these directories hangs in the middle of a request. */
  private static void awaitHanging(Path... directories) throws Exception {
    await(
        "a hanging child",
        () ->
            Stream.of(directories)
                .anyMatch(path -> Files.exists(path.resolve(TroubledChild.HANGING))));
  }

  private static void awaitEnd(long pid) throws Exception {
    await("the end of process " + pid, () -> !isAlive(pid));
  }

  private static void await(String what, BooleanSupplier condition) throws InterruptedException {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(Duration.ofNanos(System.nanoTime() - start)).as(what).isLessThan(PATIENT);
      Thread.sleep(10);
    }
  }

  private ChildPool walled(Path... readable) {
    assumeTrue(
        ChildWall.state() == ChildWall.State.UP, "no wall on this system: " + ChildWall.state());
    return ChildPool.open(
        settings(1, 1 << 20, 100, TroubledChild.class.getName())
            .behind(new ChildWall(List.of(readable))));
  }

  @Test
  void behind_a_wall_a_child_reads_what_it_is_given_and_no_other_file() throws Exception {
    Path given = Files.createDirectories(temporary.resolve("given"));
    Path file = Files.writeString(given.resolve("file.txt"), "to be read");
    Path outside = Files.writeString(temporary.resolve("secret.txt"), "not to be read");
    try (ChildPool pool = walled(given)) {
      assertThat(ask(pool, "shell cat " + file)).isEqualTo("0 to be read");
      assertThat(ask(pool, "shell cat " + outside)).startsWith("1 ");
      assertThat(ask(pool, "shell cat /etc/passwd")).startsWith("1 ");
      assertThat(ask(pool, "shell echo changed > " + file)).startsWith("1 ");
      assertThat(ask(pool, "shell ls -d /proc/[0-9]* | wc -l"))
          .as("itself, what watches over it and the shell")
          .matches("0 [1-6]");
    }
  }

  @Test
  void behind_a_wall_no_connection_is_made_whatever_java_allows() throws Exception {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String connect = "shell exec 3<>/dev/tcp/127.0.0.1/" + listener.getLocalPort();
      try (ChildPool pool = walled()) {
        assertThat(ask(pool, connect)).startsWith("1 ");
      }
      try (ChildPool pool = open(1)) {
        assertThat(ask(pool, connect)).as("without the wall").startsWith("0 ");
      }
    }
  }

  @Test
  void a_killed_child_behind_a_wall_leaves_nothing_and_is_replaced() throws Exception {
    try (ChildPool pool = walled()) {
      ask(pool, "echo first");
      ProcessHandle child = ProcessHandle.of(pool.pids().getFirst()).orElseThrow();
      ProcessHandle inner = child.parent().orElseThrow();
      ProcessHandle outer = inner.parent().orElseThrow();

      outer.destroyForcibly();
      for (ProcessHandle process : List.of(outer, inner, child)) {
        process.onExit().get(PATIENT.toSeconds(), TimeUnit.SECONDS);
      }
      call(pool, "echo to whoever is there now", PATIENT);

      assertThat(ask(pool, "echo second")).isEqualTo("second");
    }
  }

  private static boolean isAlive(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(temporary.resolve("children"))) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  private ChildPool open(int children) {
    return ChildPool.open(settings(children, 1 << 20, 100, TroubledChild.class.getName()));
  }

  private ChildSettings settings(int children, int messageBytes, int jobs, String mainClass) {
    return new ChildSettings(
        "troubled",
        mainClass,
        List.of(),
        List.of(),
        0,
        children,
        64L << 20,
        messageBytes,
        Duration.ofMinutes(3),
        jobs,
        temporary.resolve("children"));
  }

  private static String ask(ChildPool pool, String request) throws InterruptedException {
    ChildOutcome outcome = call(pool, request, PATIENT);
    assertThat(outcome).isInstanceOf(ChildOutcome.Answered.class);
    return new String(((ChildOutcome.Answered) outcome).bytes(), UTF_8);
  }

  private static String crash(ChildPool pool, String request) throws InterruptedException {
    ChildOutcome outcome = call(pool, request, PATIENT);
    assertThat(outcome).isInstanceOf(ChildOutcome.Crashed.class);
    return ((ChildOutcome.Crashed) outcome).detail();
  }

  private static ChildOutcome call(ChildPool pool, String request, Duration timeout)
      throws InterruptedException {
    return pool.call(request.getBytes(UTF_8), timeout);
  }

  private static ChildOutcome callUnchecked(ChildPool pool, String request) {
    try {
      return call(pool, request, PATIENT);
    } catch (InterruptedException e) {
      return new ChildOutcome.Crashed("interrupted");
    }
  }
}
