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
import dev.zhiku.server.embed.EmbedConfig;
import dev.zhiku.server.http.ConnectionLimit;
import dev.zhiku.server.http.ServerConfig;
import dev.zhiku.server.ollama.OllamaApiConfig;
import io.micronaut.context.ApplicationContext;
import io.micronaut.http.server.netty.ssl.ServerSslBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
   * @throws CannotStart if the name of a chosen model server leads beyond private networks, or to
   *     where this service itself listens
   */
  static void modelServersAreNearAndOthers(ZhikuConfig config) {
    chosenServers(config)
        .forEach(
            (key, address) -> {
              near(key, address, config.generator());
              other(key, address, config);
            });
  }

  private static Map<String, URI> chosenServers(ZhikuConfig config) {
    Map<String, URI> chosen = new LinkedHashMap<>();
    GeneratorConfig generator = config.generator();
    if (generator.backend() == GeneratorConfig.Backend.OLLAMA) {
      chosen.put("zhiku.generator.ollama.base-url", generator.ollama().baseUrl());
    }
    if (generator.backend() == GeneratorConfig.Backend.OPENAI) {
      chosen.put("zhiku.generator.openai.base-url", generator.openai().baseUrl());
    }
    EmbeddingConfig embedding = config.embedding();
    if (embedding.backend() == EmbeddingConfig.Backend.OLLAMA) {
      chosen.put("zhiku.embedding.ollama.base-url", embedding.ollama().baseUrl());
    }
    if (embedding.backend() == EmbeddingConfig.Backend.OPENAI) {
      chosen.put("zhiku.embedding.openai.base-url", embedding.openai().baseUrl());
    }
    return chosen;
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
    try (ApplicationContext context =
        Beans.start(ServerProperties.of(server, OllamaApiConfig.OFF))) {
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

  private static void other(String key, URI address, ZhikuConfig config) {
    int port = address.getPort();
    boolean ours =
        port > 0 && (port == config.server().port() || port == config.ollamaApi().port());
    if (ours && isThisMachine(address.getHost())) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          key
              + " must lead to a model server and not to this service itself, which listens there,"
              + " got "
              + address
              + ".\nChange it, or "
              + OllamaApiConfig.PROPERTY
              + " or zhiku.server.port.");
    }
  }

  private static boolean isThisMachine(String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (address.isLoopbackAddress()
            || address.isAnyLocalAddress()
            || NetworkInterface.getByInetAddress(address) != null) {
          return true;
        }
      }
      return false;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * @throws CannotStart if another program listens there, the address is not of this machine, or
   *     the port for programs for Ollama would be open beside one that is encrypted
   */
  static void portsAreFree(ServerConfig server, OllamaApiConfig ollama) {
    if (ollama.isOn()) {
      requireItsOwn(ollama, server);
      portIsFree(server.host(), ollama.port());
    }
    portIsFree(server.host(), server.port());
  }

  private static void requireItsOwn(OllamaApiConfig ollama, ServerConfig server) {
    if (server.tls().isOn() || server.tls().selfSigned()) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          OllamaApiConfig.PROPERTY
              + " must be 0 where zhiku.server.tls is set: on that port keys and answers would not"
              + " be encrypted.");
    }
    if (ollama.port() == server.port()) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          OllamaApiConfig.PROPERTY
              + " must be another port than zhiku.server.port, got "
              + ollama.port()
              + ".");
    }
  }

  /**
   * The key that the frame in other pages asks with.
   *
   * @throws CannotStart if its file cannot be read or holds none
   */
  static Optional<String> embeddedKey(EmbedConfig embed) {
    return embed.keyFile().map(StartChecks::key);
  }

  private static String key(Path file) {
    try (Stream<String> lines = Files.lines(file)) {
      return lines
          .findFirst()
          .map(String::strip)
          .filter(text -> text.startsWith("kb_"))
          .orElseThrow(() -> new IOException("its first line is no key"));
    } catch (IOException | UncheckedIOException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "zhiku.embed.key-file must hold a reader's key, as ./zhiku key new --label embed prints"
              + " it, but "
              + file
              + ": "
              + e.getMessage());
    }
  }

  private static void portIsFree(String host, int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByName(host))) {
      socket.setReuseAddress(true);
    } catch (UnknownHostException e) {
      throw new CannotStart(
          Code.BAD_CONFIGURATION,
          "zhiku.server.host must be an address of this machine, got " + host);
    } catch (IOException e) {
      throw portInUse(host, port, e);
    }
  }

  static CannotStart portInUse(String host, int port, Exception cause) {
    return new CannotStart(
        Code.PORT_IN_USE,
        "Nobody can listen at "
            + host
            + ":"
            + port
            + " ("
            + cause.getMessage()
            + ").\n"
            + "Another program, perhaps another Zhiku, is there: stop it, or choose another port"
            + " with --port.");
  }
}
