package dev.zhiku.generators.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReachTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "0.0.0.0",
        "10.0.0.1",
        "100.64.0.1",
        "127.0.0.1",
        "169.254.169.254",
        "172.16.0.1",
        "172.31.255.255",
        "192.0.0.1",
        "192.0.2.1",
        "192.168.0.1",
        "198.18.0.1",
        "198.51.100.1",
        "203.0.113.1",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "::ffff:10.0.0.1",
        "fe80::1",
        "fc00::1",
        "fd12::1",
        "fec0::1",
        "ff02::1",
        "64:ff9b::a00:1",
        "2002:a00:1::",
        "2001:db8::1"
      })
  void private_and_special_networks_are_not_public(String address) throws UnknownHostException {
    assertThat(Reach.isPublic(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "9.255.255.255",
        "100.128.0.1",
        "172.32.0.1",
        "192.169.0.1",
        "223.255.255.255",
        "2606:4700::1111"
      })
  void the_networks_beside_them_are_public_and_far(String address) throws UnknownHostException {
    assertThat(Reach.isPublic(InetAddress.getByName(address))).isTrue();
    assertThat(Reach.isNear(InetAddress.getByName(address))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:11434",
        "http://localhost:11434",
        "http://10.0.0.9:11434",
        "http://172.16.3.4:1",
        "http://192.168.0.2/v1",
        "http://[::1]:1",
        "http://[fd00::7]:1",
        "https://allowed.example/v1",
        "https://203.0.113.9/v1"
      })
  void a_model_server_may_be_near_or_named(String address) {
    List<String> named = List.of("Allowed.example", "203.0.113.9");

    assertThat(ModelServerAddress.trouble(URI.create(address), named)).isEmpty();
    assertThat(ModelServerAddress.troubleOfName(URI.create(address), named)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254",
        "http://8.8.8.8:11434",
        "http://[2606:4700::1111]:1",
        "http://[fe80::1]:1",
        "http://0.0.0.0:1",
        "http://100.64.0.1:1",
        "http://user:pw@127.0.0.1:11434"
      })
  void any_other_is_refused_with_the_way_out(String address) {
    assertThat(ModelServerAddress.trouble(URI.create(address), List.of()))
        .hasValueSatisfying(rule -> assertThat(rule).containsAnyOf("allowed-hosts", "api-key-file"))
        .hasValueSatisfying(rule -> assertThat(rule).doesNotContain("user:pw"));
  }
}
