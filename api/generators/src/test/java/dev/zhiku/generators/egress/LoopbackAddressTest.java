package dev.zhiku.generators.egress;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackAddressTest {
  @ParameterizedTest
  @ValueSource(strings = {"localhost", "LOCALHOST", "127.0.0.1", "127.255.255.254", "::1", "[::1]"})
  void names_of_this_machine_are_loopback(String host) {
    assertThat(LoopbackAddress.is(host)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.256",
        "127.0.0.999",
        "127.1",
        "127.0.0.01",
        "127.0.0.1.example.com",
        "128.0.0.1",
        "localhost.example.com",
        "0.0.0.0",
        "[::]",
        ""
      })
  void others_are_not(String host) {
    assertThat(LoopbackAddress.is(host)).isFalse();
  }
}
