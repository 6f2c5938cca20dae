package dev.zhiku.ingest.child;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several calls over one child: each gets its own answers, and all are told when it ends. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class StreamingChildIT {
  private static final Duration PATIENT = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(200);

  private final Path temporary;
  private StreamingChild child;

  StreamingChildIT(@TempDir Path temporary) {
    this.temporary = temporary;
  }

  @BeforeEach
  void start() throws Exception {
    child =
        StreamingChild.start(
            new ChildSettings(
                "many",
                ManyAtOnceChild.class.getName(),
                List.of(),
                List.of("-Dtold=so"),
                0,
                1,
                64L << 20,
                1 << 20,
                PATIENT,
                1,
                temporary.resolve("child")));
  }

  @AfterEach
  void stop() {
    child.close();
  }

  @Test
  void what_the_child_says_of_its_start_comes_in_order() throws Exception {
    assertThat(next(child.unasked())).isEqualTo("starting");
    assertThat(next(child.unasked())).isEqualTo("ready");
  }

  @Test
  void a_call_gets_all_its_answers_in_order() throws Exception {
    try (StreamingChild.Call call = call("count 1000")) {
      for (int i = 1; i <= 1_000; i++) {
        assertThat(next(call)).isEqualTo(Integer.toString(i));
      }
      assertThat(call.next(SHORT)).isEmpty();
    }
  }

  @Test
  void a_call_that_takes_its_time_holds_up_no_other() throws Exception {
    try (StreamingChild.Call slow = call("until-cancelled slow");
        StreamingChild.Call quick = call("echo 你好")) {
      assertThat(next(quick)).isEqualTo("你好");
      assertThat(next(slow)).isEqualTo("begun");
    }
  }

  @Test
  void a_call_that_is_closed_is_cancelled_in_the_child_and_the_child_goes_on() throws Exception {
    try (StreamingChild.Call call = call("until-cancelled first")) {
      assertThat(next(call)).isEqualTo("begun");
    }

    try (StreamingChild.Call call = call("told-of first")) {
      assertThat(next(call)).isEqualTo("cancelled first");
    }
    for (int i = 0; i < 20; i++) {
      try (StreamingChild.Call call = call("echo " + i)) {
        assertThat(next(call)).isEqualTo(Integer.toString(i));
      }
    }
  }

  @Test
  void a_child_that_ends_by_itself_has_crashed_with_its_status() throws Exception {
    assertThat(outcome(call("halt 5")))
        .isInstanceOfSatisfying(
            ChildOutcome.Crashed.class, c -> assertThat(c.detail()).contains("status 5"));
  }

  @Test
  void an_interrupted_caller_stops_waiting() throws Exception {
    try (StreamingChild.Call call = call("hang")) {
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> call.next(PATIENT)).isInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void every_call_is_told_when_the_child_ends_after_what_it_had_said() throws Exception {
    StreamingChild.Call waiting = call("until-cancelled waiting");
    StreamingChild.Call counted = call("count 3");
    assertThat(next(waiting)).isEqualTo("begun");
    assertThat(next(counted)).isEqualTo("1");

    ProcessHandle.of(child.pid()).orElseThrow().destroyForcibly();

    assertThat(outcome(waiting)).isInstanceOf(ChildOutcome.Crashed.class);
    assertThat(outcome(waiting)).as("asked again").isInstanceOf(ChildOutcome.Crashed.class);
    assertThat(child.end()).isDone();
    assertThat(child.end().join()).isInstanceOf(ChildOutcome.Crashed.class);
    assertThat(outcome(call("echo late"))).isInstanceOf(ChildOutcome.Crashed.class);
  }

  @Test
  void a_handler_that_throws_ends_the_child_with_its_last_words() throws Exception {
    assertThat(outcome(call("throw a reason to remember")))
        .isInstanceOfSatisfying(
            ChildOutcome.Crashed.class, c -> assertThat(c.detail()).contains("reason to remember"));
  }

  @Test
  void a_child_without_memory_says_so() throws Exception {
    assertThat(outcome(call("fill-heap"))).isEqualTo(new ChildOutcome.OutOfMemory(64L << 20));
  }

  @Test
  void a_request_beyond_the_limit_is_refused_here() {
    assertThatThrownBy(() -> call("echo " + "x".repeat(1 << 20)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1048571");
  }

  @Test
  void options_of_the_virtual_machine_reach_it_and_its_directory_is_emptied() throws Exception {
    assertThat(next(call("property told"))).isEqualTo("so");
    Path directory = Path.of(next(call("property java.io.tmpdir")));
    Files.writeString(directory.resolve("left-behind.txt"), "secret");

    child.close();

    try (Stream<Path> left = Files.list(directory)) {
      assertThat(left).isEmpty();
    }
  }

  private StreamingChild.Call call(String request) {
    return child.call(request.getBytes(UTF_8));
  }

  private static String next(StreamingChild.Call call) throws Exception {
    return new String(call.next(PATIENT).orElseThrow(), UTF_8);
  }

  private static ChildOutcome outcome(StreamingChild.Call call) throws Exception {
    while (true) {
      try {
        assertThat(call.next(PATIENT)).isPresent();
      } catch (ChildEnded e) {
        return e.outcome();
      }
    }
  }
}
