package dev.zhiku.ingest.child;

import java.io.IOException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child's side. Requests come on standard input, answers leave on standard output; whatever
 * libraries print goes to standard error. The process ends as soon as its input is closed, also in
 * the middle of a request, so that no child outlives the service.
 */
public final class ChildLoop {
  private static final long STACK_BYTES = 32L << 20;

  private final ChildPipes pipes;
  private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();

  private ChildLoop(ChildPipes pipes) {
    this.pipes = pipes;
  }

  /** Turns a request into its answer. */
  @FunctionalInterface
  public interface Handler {
    byte[] answer(byte[] request) throws Exception;
  }

  /** Makes the handler; called once the pipes are safe from anything it prints. */
  @FunctionalInterface
  public interface Setup {
    Handler prepare() throws Exception;
  }

  /**
   * Answers requests until standard input closes; does not return. Handlers run one at a time on a
   * thread with a stack of 32 MB.
   */
  public static void serve(Setup setup) {
    ChildLoop loop = new ChildLoop(ChildPipes.take());
    new Thread(null, () -> loop.work(setup), "work", STACK_BYTES).start();
    loop.listen();
  }

  private void listen() {
    try {
      while (true) {
        requests.add(pipes.receive());
      }
    } catch (IOException closed) {
      ChildPipes.endWithInput();
    }
  }

  private void work(Setup setup) {
    try {
      Handler handler = setup.prepare();
      pipes.send(new byte[0]);
      while (true) {
        pipes.send(handler.answer(requests.take()));
      }
    } catch (Throwable e) {
      ChildPipes.endWith(e);
    }
  }
}
