package dev.zhiku.ingest.child;

import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.util.List;
import java.util.Set;

/**
 * Takes the network from the libraries of a child: URLs other than those of local files cannot be
 * opened, sockets are refused before they connect, and no name is resolved (the latter by a
 * property on the command line). A wall against documents that name an address; code that runs in
 * the child is not held by it.
 */
final class NoNetwork {
  private static final Set<String> LOCAL = Set.of("file", "jar", "jrt");

  private NoNetwork() {}

  static void enforce() {
    URL.setURLStreamHandlerFactory(
        protocol -> LOCAL.contains(protocol) ? null : new RefusingHandler());
    ProxySelector.setDefault(new RefusingSelector());
  }

  private static final class RefusingHandler extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      throw new IOException("a child process opens no " + url.getProtocol() + " address");
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return openConnection(url);
    }
  }

  private static final class RefusingSelector extends ProxySelector {
    @Override
    public List<Proxy> select(URI address) {
      throw new IllegalStateException("a child process opens no connection");
    }

    @Override
    public void connectFailed(URI address, SocketAddress proxy, IOException failure) {
      throw new IllegalStateException("a child process opens no connection", failure);
    }
  }
}
