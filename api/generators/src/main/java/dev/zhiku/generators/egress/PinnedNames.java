package dev.zhiku.generators.egress;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolverProvider;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * The resolver of host names of this process: while a name is pinned it leads to the addresses that
 * were examined and to no others, whatever a name server says meanwhile. The JDK's HTTP client
 * looks a name up by itself and takes no address from us, so this is where the two meet. All other
 * names are the system's. Thread-safe.
 */
public final class PinnedNames extends InetAddressResolverProvider {
  /** Of the whole process, as the resolver is: the addresses that each pin of a name allows. */
  private static final Map<String, List<Set<InetAddress>>> PINS = new ConcurrentHashMap<>();

  /** A look at an address that a name leads to. */
  interface Examination {
    /**
     * @throws IOException that tells the rule, if nothing may be sent there
     */
    void of(InetAddress address) throws IOException;
  }

  /** A name that leads where it led when it was examined. Close it. */
  static final class Pin implements AutoCloseable {
    private final String name;
    private final Set<InetAddress> addresses;

    private Pin(String name, Set<InetAddress> addresses) {
      this.name = name;
      this.addresses = addresses;
    }

    @Override
    public void close() {
      PINS.computeIfPresent(
          name,
          (key, pins) -> {
            List<Set<InetAddress>> left =
                pins.stream().filter(pinned -> pinned != addresses).toList();
            return left.isEmpty() ? null : left;
          });
    }
  }

  /**
   * Examines all that a name leads to and holds it there.
   *
   * @throws UnknownHostException if nobody knows the name
   * @throws IOException if one of the addresses does not pass
   */
  static Pin pin(String host, Examination examination) throws IOException {
    Pin pin = new Pin(key(host), examined(host, examination));
    PINS.merge(
        pin.name,
        List.of(pin.addresses),
        (pins, one) -> Stream.concat(pins.stream(), one.stream()).toList());
    try {
      // Another thread's answer may have come into the JDK's cache before the name was held.
      examined(host, examination);
      return pin;
    } catch (IOException e) {
      pin.close();
      throw e;
    }
  }

  private static Set<InetAddress> examined(String host, Examination examination)
      throws IOException {
    Set<InetAddress> addresses = new LinkedHashSet<>(List.of(InetAddress.getAllByName(host)));
    for (InetAddress address : addresses) {
      examination.of(address);
    }
    return addresses;
  }

  private static String key(String host) {
    return host.toLowerCase(Locale.ROOT);
  }

  @Override
  public InetAddressResolver get(Configuration configuration) {
    return before(configuration.builtinResolver());
  }

  /** What answers before the system does. */
  static InetAddressResolver before(InetAddressResolver system) {
    return new InetAddressResolver() {
      @Override
      public Stream<InetAddress> lookupByName(String host, LookupPolicy policy)
          throws UnknownHostException {
        List<Set<InetAddress>> pins = PINS.getOrDefault(key(host), List.of());
        return pins.isEmpty() ? system.lookupByName(host, policy) : pinned(host, pins);
      }

      @Override
      public String lookupByAddress(byte[] address) throws UnknownHostException {
        return system.lookupByAddress(address);
      }
    };
  }

  /** Addresses that all who hold the name have examined. */
  private static Stream<InetAddress> pinned(String host, List<Set<InetAddress>> pins)
      throws UnknownHostException {
    List<InetAddress> agreed =
        pins.getFirst().stream()
            .filter(address -> pins.stream().allMatch(pin -> pin.contains(address)))
            .toList();
    if (agreed.isEmpty()) {
      throw new UnknownHostException(host + " leads to other addresses than a moment ago");
    }
    return agreed.stream();
  }

  @Override
  public String name() {
    return "zhiku";
  }
}
