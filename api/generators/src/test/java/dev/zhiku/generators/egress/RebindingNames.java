package dev.zhiku.generators.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.stream.Stream;

/** A name server with one name that leads wherever it is told at the moment; before it, ours. */
public final class RebindingNames extends InetAddressResolverProvider {
  static final String NAME = "rebound.example";

  private static volatile String leadsTo = "";

  static void lead(String address) {
    leadsTo = address;
  }

  static String leadsTo() {
    return leadsTo;
  }

  private record Scripted(InetAddressResolver system) implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
        throws UnknownHostException {
      return host.equals(NAME)
          ? Stream.of(InetAddress.getByName(leadsTo))
          : system.lookupByName(host, policy);
    }

    @Override
    public String lookupByAddress(byte[] address) throws UnknownHostException {
      return system.lookupByAddress(address);
    }
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return PinnedNames.before(new Scripted(configuration.builtinResolver()));
  }

  @Override
  public String name() {
    return "rebinding";
  }
}
