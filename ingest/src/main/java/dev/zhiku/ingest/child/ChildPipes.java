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

/**
 * The child's end of its pipes: messages in and out, and how the process ends. Whatever libraries
 * print goes to standard error. Messages may be sent by any thread and are read by one.
 */
final class ChildPipes {
  /** Exit status after a failure of the handler. */
  private static final int HANDLER_FAILED = 70;

  /** Exit status when memory ran out; the virtual machine uses the same. */
  static final int OUT_OF_MEMORY = 3;

  private static final int INPUT_CLOSED = 0;

  private final DataInputStream in;
  private final DataOutputStream out;
  private final int messageBytes;

  private ChildPipes(DataInputStream in, DataOutputStream out, int messageBytes) {
    this.in = in;
    this.out = out;
    this.messageBytes = messageBytes;
  }

  /** Takes standard input and output for messages alone, and the network from this process. */
  static ChildPipes take() {
    DataInputStream in =
        new DataInputStream(new BufferedInputStream(new FileInputStream(FileDescriptor.in)));
    DataOutputStream out =
        new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)));
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    NoNetwork.enforce();
    return new ChildPipes(
        in, out, Integer.getInteger(ChildCommand.MESSAGE_BYTES, Integer.MAX_VALUE));
  }

  /** Blocks until the next message is there. */
  byte[] receive() throws IOException {
    return Frames.read(in, messageBytes);
  }

  void send(byte[] message) throws IOException {
    synchronized (out) {
      Frames.write(out, message);
    }
  }

  /** Ends the process, for nobody asks any more, with whatever it started. */
  static void endWithInput() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(INPUT_CLOSED);
  }

  /** Ends the process after a failure that no answer can tell of. */
  @SuppressWarnings("CatchAndPrintStackTrace") // standard error is this process's log
  static void endWith(Throwable failure) {
    if (failure instanceof OutOfMemoryError) {
      Runtime.getRuntime().halt(OUT_OF_MEMORY);
    }
    failure.printStackTrace();
    Runtime.getRuntime().halt(HANDLER_FAILED);
  }
}
