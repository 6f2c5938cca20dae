package dev.zhiku.generators.egress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.net.spi.InetAddressResolver;
import java.net.spi.InetAddressResolver.LookupPolicy;
import java.net.spi.InetAddressResolverProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PinnedNamesTest {
  private static final LookupPolicy ANY = LookupPolicy.of(LookupPolicy.IPV4 | LookupPolicy.IPV6);

  private final InetAddress elsewhere = address("10.0.0.1");

  /** Names lead elsewhere by now: a name server that changes its mind. */
  private final InetAddressResolver resolver = PinnedNames.before(new Elsewhere());

  private final class Elsewhere implements InetAddressResolver {
    @Override
    public Stream<InetAddress> lookupByName(String host, LookupPolicy policy) {
      return Stream.of(elsewhere);
    }

    @Override
    public String lookupByAddress(byte[] address) {
      return "elsewhere.example";
    }
  }

  private static InetAddress address(String text) {
    try {
      return InetAddress.getByName(text);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<InetAddress> lookUp(String host) throws UnknownHostException {
    return resolver.lookupByName(host, ANY).toList();
  }

  @Test
  void it_is_the_resolver_of_the_process() {
    assertThat(ServiceLoader.load(InetAddressResolverProvider.class))
        .first()
        .isInstanceOf(PinnedNames.class);
  }

  @Test
  void a_pinned_name_leads_to_the_addresses_that_were_examined_until_it_is_let_go()
      throws IOException {
    List<InetAddress> examined = new ArrayList<>();
    try (PinnedNames.Pin pin = PinnedNames.pin("localhost", examined::add)) {
      assertThat(pin).isNotNull();
      assertThat(lookUp("LocalHost"))
          .isNotEmpty()
          .allMatch(InetAddress::isLoopbackAddress)
          .allMatch(examined::contains);
      assertThat(lookUp("other.example")).containsExactly(elsewhere);
    }

    assertThat(lookUp("localhost")).containsExactly(elsewhere);
  }

  @Test
  void two_who_hold_a_name_hold_it_until_both_let_go() throws IOException {
    PinnedNames.Pin first = PinnedNames.pin("localhost", address -> {});
    PinnedNames.Pin second = PinnedNames.pin("localhost", address -> {});

    first.close();
    assertThat(lookUp("localhost")).allMatch(InetAddress::isLoopbackAddress);
    second.close();
    assertThat(lookUp("localhost")).containsExactly(elsewhere);
  }

  @Test
  void a_name_that_does_not_pass_is_not_held() throws IOException {
    assertThatThrownBy(
            () ->
                PinnedNames.pin(
                    "localhost",
                    address -> {
                      throw new IOException("not there");
                    }))
        .hasMessage("not there");
    assertThat(lookUp("localhost")).containsExactly(elsewhere);
  }

  @Test
  void a_name_that_is_examined_twice_in_different_ways_passes_only_by_both() {
    List<InetAddress> seen = new ArrayList<>();
    assertThatThrownBy(
            () ->
                PinnedNames.pin(
                    "localhost",
                    address -> {
                      if (seen.contains(address)) {
                        throw new IOException("another by now");
                      }
                      seen.add(address);
                    }))
        .hasMessage("another by now");
  }
}
