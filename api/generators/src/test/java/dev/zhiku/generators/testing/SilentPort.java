package dev.zhiku.generators.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of this machine's loopback address at which nobody listens, and which nobody else is given
 * while this is open: whoever connects is refused. A server of the test may listen there meanwhile.
 */
public final class SilentPort implements AutoCloseable {
  private static final long CLOSING_MILLIS = 60_000;
  private final Socket bound;

  private SilentPort(Socket bound) {
    this.bound = bound;
  }

  private static SilentPort keep(int port) throws IOException {
    Socket socket = new Socket();
    try {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      socket.close();
      throw e;
    }
    return new SilentPort(socket);
  }

  /** Any port. */
  public static SilentPort any() throws IOException {
    return keep(0);
  }

  /**
   * Stops the server and keeps its port. A server in whose socket a thread still waits listens for
   * a moment longer.
   */
  public static SilentPort after(ServerSocket server) throws IOException {
    int port = server.getLocalPort();
    server.close();
    long end = System.nanoTime() + CLOSING_MILLIS * 1_000_000;
    while (true) {
      try {
        return keep(port);
      } catch (BindException e) {
        if (System.nanoTime() - end > 0) {
          throw e;
        }
        PromisedTime.pause(5);
      }
    }
  }

  public int number() {
    return bound.getLocalPort();
  }

  @Override
  public void close() {
    try {
      bound.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
