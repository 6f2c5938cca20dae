package dev.zhiku.ingest.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running child and its pipes. Its messages are sent by one thread at a time, and read by one.
 */
final class ChildProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ChildProcess.class);
  private static final ExecutorService STARTER =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("zhiku-child-starter").factory());
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  private final ChildSettings settings;
  private final Process process;
  private final DataOutputStream requests;
  private final DataInputStream answers;
  private final StderrTail stderr;
  private int jobs;

  private ChildProcess(ChildSettings settings, String name, Process process) {
    this.settings = settings;
    this.process = process;
    this.requests = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    this.answers = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.stderr = StderrTail.of(name, process.getErrorStream());
  }

  static ChildProcess start(ChildSettings settings, String name, Path temporaryDirectory)
      throws IOException {
    Process process = started(ChildCommand.builder(settings, temporaryDirectory));
    LOG.debug("started {} as process {}", name, process.pid());
    return new ChildProcess(settings, name, process);
  }

  /**
   * A child behind a wall ends with the thread that started it, so that is one that never ends but
   * with this process.
   */
  private static Process started(ProcessBuilder builder) throws IOException {
    try {
      return STARTER.submit(builder::start).get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException io ? io : new IOException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw (IOException) new InterruptedIOException("interrupted while starting").initCause(e);
    }
  }

  /** Of the child itself: behind a wall it is the grandchild of what was started. */
  long pid() {
    return settings
        .wall()
        .filter(wall -> ChildWall.state() == ChildWall.State.UP)
        .flatMap(wall -> process.children().findFirst())
        .flatMap(first -> first.children().findFirst())
        .map(ProcessHandle::pid)
        .orElseGet(process::pid);
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Whether it has done its share of jobs and should be replaced. */
  boolean isWornOut() {
    return jobs >= settings.jobsPerChild();
  }

  /** Blocks until the child says that it is ready. */
  void awaitReady() throws IOException {
    receive();
  }

  /** Blocks until the answer is there; killing the child ends the wait. */
  byte[] exchange(byte[] request) throws IOException {
    jobs++;
    send(request);
    return receive();
  }

  /** Blocks until the pipe has taken the message. */
  void send(byte[] message) throws IOException {
    Frames.write(requests, message);
  }

  /** Blocks until the next message is there; killing the child ends the wait. */
  byte[] receive() throws IOException {
    return Frames.read(answers, settings.messageBytes());
  }

  /** Ends it at once, with whatever it started, and waits for the end. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    boolean interrupted = Thread.interrupted();
    try {
      process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** The meaning of its end, once a message could not be sent or read. */
  ChildOutcome outcomeOfEnd(IOException failure) throws InterruptedException {
    boolean ended = process.waitFor(FAREWELL.toMillis(), TimeUnit.MILLISECONDS);
    if (!ended) {
      return new ChildOutcome.Crashed("broke the protocol: " + failure.getMessage());
    }
    if (process.exitValue() == ChildPipes.OUT_OF_MEMORY) {
      return new ChildOutcome.OutOfMemory(settings.heapBytes());
    }
    return new ChildOutcome.Crashed(
        "ended with status " + process.exitValue() + "\n" + stderr.text());
  }
}
