package dev.zhiku.app.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/**
 * A service under load: files come and go without end, others are asked about all the time. The
 * latter change only when they are told to, so that what is answered about them is known for each
 * moment. For one thread.
 */
public final class BackupLoad implements AutoCloseable {
  private static final int STANDING = 8;
  private static final int PASSING = 30;
  private static final int PAUSE_MILLIS = 100;

  /** The questions about the files that stand. */
  static final List<String> QUESTIONS =
      IntStream.range(0, STANDING).mapToObj(BackupLoad::question).toList();

  private final Path knowledge;
  private final ServiceProcess service;
  private final AtomicBoolean over = new AtomicBoolean();
  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger came = new AtomicInteger();
  private final Thread dropping;
  private final Thread asking;

  private BackupLoad(Path home) throws IOException {
    knowledge = Files.createDirectories(home.resolve("knowledge"));
    for (int i = 0; i < STANDING; i++) {
      stand(i, "Norma Quist");
    }
    service = ServiceProcess.start(home);
    service.awaitRest(ServiceProcess.PATIENCE);
    dropping = Thread.ofVirtual().start(this::drop);
    asking = Thread.ofVirtual().start(this::ask);
  }

  /** Starts a service in a folder, and the load. */
  public static BackupLoad start(Path home) throws IOException {
    return new BackupLoad(home);
  }

  /** The service that bears it. */
  public ServiceProcess service() {
    return service;
  }

  private static String question(int machine) {
    return "Who services machine M" + (100 + machine) + "?";
  }

  private void stand(int machine, String person) throws IOException {
    String name = "machine M" + (100 + machine);
    Files.writeString(
        knowledge.resolve("machine" + machine + ".md"),
        "# Service of " + name + "\n\nThe " + name + " is serviced by " + person + ".\n");
  }

  /** Changes one of the files that stand, and waits until it is answered from as it is now. */
  public void change(int round) throws IOException {
    int machine = round % STANDING;
    String person = "Otto Number" + round;
    stand(machine, person);
    Instant end = Instant.now().plus(ServiceProcess.PATIENCE);
    while (!service.ask(question(machine), "answer").toString().contains(person)) {
      assertThat(Instant.now()).as(person + " is not answered").isBefore(end);
      ServiceProcess.pause(PAUSE_MILLIS);
    }
  }

  /** Files come, and the oldest of those that came goes. */
  private void drop() {
    try {
      while (!over.get()) {
        int number = came.incrementAndGet();
        Files.writeString(
            knowledge.resolve("ledger" + number + ".md"),
            "# Ledger " + number + "\n\nInvoice " + number * 7 + " was paid in Basel.\n");
        Files.deleteIfExists(knowledge.resolve("ledger" + (number - PASSING) + ".md"));
        ServiceProcess.pause(PAUSE_MILLIS);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void ask() {
    while (!over.get()) {
      service.ask(question(asked.incrementAndGet() % STANDING), "passages");
      ServiceProcess.pause(PAUSE_MILLIS);
    }
  }

  /** Ends the load, and says how much of it there was. */
  public String end() throws InterruptedException {
    over.set(true);
    dropping.join();
    asking.join();
    assertThat(service.isAlive()).isTrue();
    assertThat(asked).hasPositiveValue();
    assertThat(service.log()).doesNotContain("damaged");
    return asked
        + " questions, "
        + came
        + " files came, of which the newest "
        + PASSING
        + " stayed";
  }

  @Override
  public void close() {
    over.set(true);
    try {
      asking.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
    service.close();
  }
}
