package dev.zhiku.server.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bytes over a socket: for requests that no well-behaved client sends. */
public final class RawHttp implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 120_000;
  private final Socket socket;

  public RawHttp(int port) {
    this(port, InetAddress.getLoopbackAddress());
  }

  /**
   * @param from an address of this machine, by which the service knows the client
   */
  public RawHttp(int port, InetAddress from) {
    try {
      socket = new Socket(InetAddress.getLoopbackAddress(), port, from, 0);
      socket.setSoTimeout(PATIENCE_MILLIS);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends one request and reads until the server closes. */
  public static String exchange(int port, String request) {
    try (RawHttp connection = new RawHttp(port)) {
      connection.send(request);
      return connection.readAll();
    }
  }

  public void send(String text) {
    send(text.getBytes(StandardCharsets.UTF_8));
  }

  public void send(byte[] bytes) {
    try {
      OutputStream out = socket.getOutputStream();
      out.write(bytes);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything until the server closes. */
  public String readAll() {
    try {
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The status line and headers of the next response. */
  public String readHead() {
    try {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        if (next < 0) {
          return head.toString();
        }
        head.append((char) next);
      }
      return head.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
