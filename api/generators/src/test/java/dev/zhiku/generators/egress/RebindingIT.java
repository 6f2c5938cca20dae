package dev.zhiku.generators.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.spi.InetAddressResolverProvider;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A name server that answers one thing while an address is examined and another when it is
 * connected to: a JVM of its own, which keeps no answers.
 */
@Tag("long")
@Timeout(300)
class RebindingIT {
  private static final long PATIENCE = 280;

  @TempDir private Path folder;

  private List<String> rebound(String what) throws IOException, InterruptedException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(
        services.resolve(InetAddressResolverProvider.class.getName()),
        RebindingNames.class.getName());
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dsun.net.inetaddr.ttl=0",
                RebindingClient.class.getName(),
                what)
            .redirectError(ProcessBuilder.Redirect.INHERIT);
    builder
        .environment()
        .put("CLASSPATH", folder + File.pathSeparator + System.getProperty("java.class.path"));
    Process process = builder.start();
    try {
      byte[] printed = process.getInputStream().readAllBytes();
      assertThat(process.waitFor(PATIENCE, TimeUnit.SECONDS)).isTrue();
      return new String(printed, StandardCharsets.UTF_8).lines().toList();
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void a_download_does_not_reach_a_host_that_its_name_leads_to_only_after_the_examination()
      throws Exception {
    assertThat(rebound("download"))
        .containsExactly("failed", "examined 3000::1", "connections 0", "by now at 127.0.0.1");
  }

  @Test
  void neither_does_one_that_was_redirected_there() throws Exception {
    assertThat(rebound("redirect"))
        .containsExactly("failed", "examined 3000::1", "connections 0", "by now at 127.0.0.1");
  }

  @Test
  void a_question_goes_to_the_model_server_that_was_examined() throws Exception {
    assertThat(rebound("model"))
        .containsExactly("200", "examined 127.0.0.1", "connections 0", "by now at 127.0.0.2");
  }
}
