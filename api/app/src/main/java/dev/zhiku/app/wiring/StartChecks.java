package dev.zhiku.app.wiring;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.egress.ModelServerAddress;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.InstanceSecret;
import dev.zhiku.server.access.KeyRule;
import dev.zhiku.server.http.ConnectionLimit;
import dev.zhiku.server.http.ServerConfig;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/** What is checked before anything is opened, so that a refused start takes no time. */
final class StartChecks {
  private StartChecks() {}

  /**
   * @param descriptors that the system allows this process
   * @throws CannotStart if they are too few for the stores and for anybody to connect
   */
  static void filesCanBeOpened(long descriptors) {
    if (descriptors < ConnectionLimit.LEAST_DESCRIPTORS) {
      throw new CannotStart(
          Code.TOO_FEW_DESCRIPTORS,
          "The system lets the service open "
              + descriptors
              + " files at once; it needs "
              + ConnectionLimit.LEAST_DESCRIPTORS
              + ".\nAllow more before the start: ulimit -n 4096, or LimitNOFILE=4096 in its systemd"
              + " unit.");
    }
  }

  /**
   * The keys, which are needed as soon as others may reach the service.
   *
   * @throws CannotStart if there are none there, or the file cannot be used
   */
  static Optional<AccessKeys> accessKeys(ZhikuConfig config) {
    Path file = config.data().resolve(AccessKeys.FILE_NAME);
    Optional<AccessKeys> keys = findKeys(file);
    Optional<Phrase> why = KeyRule.of(config.server());
    if (keys.isEmpty() && why.isPresent()) {
      throw new CannotStart(
          Code.NO_ACCESS_KEY,
          why.get().english()
              + " There are no access keys in "
              + file
              + ".\nMake them with ./zhiku key new, or start with ./zhiku serve --lan, which makes"
              + " them.");
    }
    return keys;
  }

  private static Optional<AccessKeys> findKeys(Path file) {
    try {
      return AccessKeys.find(file);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  /**
   * @throws CannotStart if the name of a chosen model server leads beyond private networks
   */
  static void modelServersAreNear(ZhikuConfig config) {
    GeneratorConfig generator = config.generator();
    if (generator.backend() == GeneratorConfig.Backend.OLLAMA) {
      near("zhiku.generator.ollama.base-url", generator.ollama().baseUrl(), generator);
    }
    if (generator.backend() == GeneratorConfig.Backend.OPENAI) {
      near("zhiku.generator.openai.base-url", generator.openai().baseUrl(), generator);
    }
    if (config.embedding().backend() == EmbeddingConfig.Backend.OLLAMA) {
      near("zhiku.embedding.ollama.base-url", config.embedding().ollama().baseUrl(), generator);
    }
    if (config.embedding().backend() == EmbeddingConfig.Backend.OPENAI) {
      near("zhiku.embedding.openai.base-url", config.embedding().openai().baseUrl(), generator);
    }
  }

  private static void near(String key, URI address, GeneratorConfig generator) {
    ModelServerAddress.troubleOfName(address, generator.allowedHosts())
        .ifPresent(
            rule -> {
              throw new CannotStart(Code.BAD_CONFIGURATION, key + " " + rule + ".");
            });
  }

  /**
   * @param data folder of the service, which is locked
   * @throws CannotStart if the file with the secret may be read by others or holds none
   */
  static InstanceSecret instanceSecret(Path data) {
    try {
      return InstanceSecret.ofData(data);
    } catch (IllegalStateException | UncheckedIOException e) {
      throw new CannotStart(Code.BAD_CONFIGURATION, String.valueOf(e.getMessage()));
    }
  }

  /**
   * @throws CannotStart if the certificate or its key cannot be used
   */
  static void certificateIsUsable(ServerConfig server) {
    if (!server.tls().isOn()) {
      return;
    }
    try (ApplicationContext context = Beans.start(ServerProperties.of(server))) {
      context.findBean(ServerSslBuilder.class).ifPresent(ServerSslBuilder::build);
    } catch (RuntimeException e) {
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "zhiku.server.tls: the certificate and its key cannot be used: "
              + cause.getMessage()
              + "\n"
              + "They are two files in PEM, the key without a password, or one of PKCS#12"
              + " (key-store) and its password in another (password-file); this account must be"
              + " allowed to read them.");
    }
  }

  /**
   * @throws CannotStart if another program listens there or the address is not of this machine
   */
  static void portIsFree(ServerConfig server) {
    try (ServerSocket socket =
        new ServerSocket(server.port(), 1, InetAddress.getByName(server.host()))) {
      socket.setReuseAddress(true);
    } catch (UnknownHostException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "zhiku.server.host must be an address of this machine, got " + server.host());
    } catch (IOException e) {
      throw portInUse(server, e);
    }
  }

  static CannotStart portInUse(ServerConfig server, Exception cause) {
    return new CannotStart(
        Code.PORT_IN_USE,
        "Nobody can listen at "
            + server.host()
            + ":"
            + server.port()
            + " ("
            + cause.getMessage()
            + ").\nAnother program, perhaps another Zhiku, is there: stop it, or choose another port"
            + " with --port.");
  }
}
