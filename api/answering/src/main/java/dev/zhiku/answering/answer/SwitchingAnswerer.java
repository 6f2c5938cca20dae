package dev.zhiku.answering.answer;

import dev.zhiku.answering.chat.ChatBackend;
import dev.zhiku.answering.search.Scope;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers by one backend until it is exchanged for another. Who is being answered then, or waits in
 * its queue, ends with the backend they began with, which is closed after the last of them; so for
 * a while two backends may write at once. Thread-safe. Closing it closes the backend at once.
 */
public final class SwitchingAnswerer implements Answerer, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SwitchingAnswerer.class);

  private final Function<ChatBackend, AnswerService> services;
  private Serving current;

  /**
   * A backend and those who are answered by it. Its fields are read under the lock of the whole.
   */
  private static final class Serving {
    private final ChatBackend backend;
    private final AnswerService service;
    private int askers;

    Serving(ChatBackend backend, AnswerService service) {
      this.backend = backend;
      this.service = service;
    }
  }

  /**
   * @param services makes what answers by a backend
   */
  public SwitchingAnswerer(ChatBackend first, Function<ChatBackend, AnswerService> services) {
    this.services = services;
    this.current = new Serving(first, services.apply(first));
  }

  @Override
  public void requirePlace(Scope scope) {
    Serving serving = enter();
    try {
      serving.service.requirePlace(scope);
    } finally {
      leave(serving);
    }
  }

  @Override
  public void answer(Question question, Scope scope, Consumer<? super AnswerEvent> sink)
      throws InterruptedException {
    Serving serving = enter();
    try {
      serving.service.answer(question, scope, sink);
    } finally {
      leave(serving);
    }
  }

  private synchronized Serving enter() {
    current.askers++;
    return current;
  }

  private void leave(Serving serving) {
    boolean last;
    synchronized (this) {
      serving.askers--;
      last = serving.askers == 0 && serving != current;
    }
    if (last) {
      retire(serving);
    }
  }

  /** Questions that come from now on are answered by this backend. */
  public void exchange(ChatBackend next) {
    Serving before;
    boolean idle;
    synchronized (this) {
      before = current;
      current = new Serving(next, services.apply(next));
      idle = before.askers == 0;
    }
    if (idle) {
      retire(before);
    }
  }

  /** Closing may take seconds, which nobody who asked need wait for. */
  private static void retire(Serving serving) {
    Thread.ofVirtual()
        .name("zhiku-generator-close")
        .start(
            () -> {
              try {
                serving.backend.close();
              } catch (RuntimeException e) {
                LOG.warn("The generator before did not close", e);
              }
            });
  }

  /** Who answers the next question. */
  public synchronized ChatBackend backend() {
    return current.backend;
  }

  @Override
  public void close() {
    backend().close();
  }
}
