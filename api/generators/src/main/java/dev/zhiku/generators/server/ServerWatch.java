package dev.zhiku.generators.server;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.chat.ChatException;
import dev.zhiku.generators.GeneratorText;
import dev.zhiku.index.message.Phrase;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on one model server, so that a question that comes while it is away need not find
 * out for itself, and its return is noticed without a question. Has the model loaded whenever the
 * server has come back. Thread-safe.
 */
public final class ServerWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ServerWatch.class);

  /** While the server is away; its return is noticed this soon. */
  private static final Duration AWAY_PAUSE = Duration.ofSeconds(2);

  private static final Duration READY_PAUSE = Duration.ofSeconds(15);

  private final String server;
  private final Probe probe;
  private final Thread thread;
  private final Semaphore calls = new Semaphore(0);
  private volatile Optional<ChatException> trouble = Optional.empty();
  private volatile boolean seen;

  /** How to ask a server. Called on one thread. */
  public interface Probe {
    /**
     * Asks whether server and model are there.
     *
     * @throws ChatException if not
     */
    void check() throws InterruptedException;

    /**
     * Has the model loaded, which may take minutes.
     *
     * @throws ChatException if that fails; the server counts as there all the same
     */
    void load() throws InterruptedException;
  }

  private ServerWatch(String server, Probe probe) {
    this.server = server;
    this.probe = probe;
    this.thread = Thread.ofPlatform().name("zhiku-model-watch").daemon(true).unstarted(this::watch);
  }

  /**
   * Begins to ask.
   *
   * @param server for the log
   */
  public static ServerWatch start(String server, Probe probe) {
    ServerWatch watch = new ServerWatch(server, probe);
    watch.thread.start();
    return watch;
  }

  /** Why the server would not answer now; empty if it would, or if nobody has asked yet. */
  public Optional<ChatException> trouble() {
    return trouble;
  }

  /**
   * Whether a question asked now would be answered.
   *
   * @param explained what trouble means and what helps
   */
  public ChatBackend.Health health(Function<ChatException, Phrase> explained) {
    Optional<ChatException> now = trouble;
    if (now.isPresent()) {
      return new ChatBackend.Health.Away(explained.apply(now.get()));
    }
    return seen
        ? new ChatBackend.Health.Ready()
        : new ChatBackend.Health.Away(GeneratorText.of("server.looked-for"));
  }

  /** A generation failed for want of the server: believed until it answers again. */
  public void failed(ChatException why) {
    switch (why) {
      case ChatException.Unreachable unreachable -> away(why);
      case ChatException.ModelMissing missing -> away(why);
      case ChatException.Refused refused -> away(why);
      case ChatException.TimedOut timedOut -> calls.release();
      case ChatException.Overloaded overloaded -> {}
      case ChatException.PromptTooLong tooLong -> {}
      case ChatException.Broken broken -> calls.release();
    }
  }

  private void away(ChatException why) {
    trouble = Optional.of(why);
    calls.release();
  }

  private void watch() {
    boolean there = false;
    try {
      while (true) {
        there = ask(there);
        Duration pause = there ? READY_PAUSE : AWAY_PAUSE;
        boolean called = calls.tryAcquire(pause.toNanos(), TimeUnit.NANOSECONDS);
        if (called) {
          calls.drainPermits();
          TimeUnit.NANOSECONDS.sleep(AWAY_PAUSE.toNanos() / 4);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean ask(boolean wasThere) throws InterruptedException {
    try {
      probe.check();
      boolean back = !wasThere || trouble.isPresent();
      trouble = Optional.empty();
      seen = true;
      if (back) {
        LOG.info("The model server {} answers.", server);
        load();
      }
      return true;
    } catch (ChatException e) {
      if (wasThere || trouble.isEmpty()) {
        LOG.warn("The model server {} is away: {}", server, e.getMessage());
      }
      trouble = Optional.of(e);
      return false;
    } catch (RuntimeException e) {
      LOG.error("Asking the model server {} failed", server, e);
      return wasThere;
    }
  }

  private void load() throws InterruptedException {
    try {
      probe.load();
    } catch (ChatException e) {
      LOG.warn("The model was not loaded ahead of the first question: {}", e.getMessage());
    }
  }

  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = false;
    try {
      thread.join(Duration.ofSeconds(5));
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
