package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.InetAddress;

/** The rule for what is sent to this machine and to private networks alone, without exception. */
final class NearAddress implements GuardedClient.Guard {
  @Override
  public boolean isNamed(String host) {
    return false;
  }

  @Override
  public void check(String host, InetAddress address) throws IOException {
    if (!Reach.isNear(address)) {
      throw new IOException(
          host
              + " is neither of this machine nor of a private network (10.x, 172.16 to 172.31,"
              + " 192.168.x, fc00::/7)");
    }
  }
}
