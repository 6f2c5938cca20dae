package dev.zhiku.ingest.child;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The child's side. Requests come on standard input, answers leave on standard output; whatever
 * libraries print goes to standard error. The process ends as soon as its input is closed, also in
 * the middle of a request, so that no child outlives the service.
 */
public final class ChildLoop {
  /** Exit status after a failure of the handler. */
  static final int HANDLER_FAILED = 70;

  /** Exit status when memory ran out; the virtual machine uses the same. */
  static final int OUT_OF_MEMORY = 3;

  private static final int INPUT_CLOSED = 0;
  private static final long STACK_BYTES = 32L << 20;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final int messageBytes;
  private final BlockingQueue<byte[]> requests = new LinkedBlockingQueue<>();

  private ChildLoop(DataInputStream in, DataOutputStream out, int messageBytes) {
    this.in = in;
    this.out = out;
    this.messageBytes = messageBytes;
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
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    NoNetwork.enforce();
    int messageBytes = Integer.getInteger(ChildCommand.MESSAGE_BYTES, Integer.MAX_VALUE);
    ChildLoop loop = new ChildLoop(in, out, messageBytes);
    new Thread(null, () -> loop.work(setup), "work", STACK_BYTES).start();
    loop.listen();
  }

  private void listen() {
    try {
      while (true) {
        requests.add(Frames.read(in, messageBytes));
      }
    } catch (IOException closed) {
      ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
      Runtime.getRuntime().halt(INPUT_CLOSED);
    }
  }

  @SuppressWarnings("CatchAndPrintStackTrace") // standard error is this process's log
  private void work(Setup setup) {
    try {
      Handler handler = setup.prepare();
      Frames.write(out, new byte[0]);
      while (true) {
        Frames.write(out, handler.answer(requests.take()));
      }
    } catch (OutOfMemoryError e) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    } catch (Throwable e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(HANDLER_FAILED);
    }
  }
}
