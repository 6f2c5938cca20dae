package dev.zhiku.api.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;

/**
 * A port of this machine's loopback address at which nobody listens, and which nobody else is given
 * while this is open: whoever connects is refused. A server of the test may listen there meanwhile.
 */
public final class SilentPort implements AutoCloseable {
  private final Socket bound = new Socket();

  private SilentPort(int port) {
    try {
      bound.setReuseAddress(true);
      bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    } catch (IOException e) {
      throw new UncheckedIOException("port " + port + " cannot be kept", e);
    }
  }

  /** Any port. */
  public static SilentPort any() {
    return new SilentPort(0);
  }

  /** Stops the server and keeps its port. */
  public static SilentPort after(ServerSocket server) throws IOException {
    int port = server.getLocalPort();
    server.close();
    return new SilentPort(port);
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
