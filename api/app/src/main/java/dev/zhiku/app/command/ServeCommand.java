package dev.zhiku.app.command;

import dev.zhiku.app.command.ServiceStarter.RunningService;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.ConsoleLog;
import dev.zhiku.app.start.LauncherWatch;
import dev.zhiku.app.start.OwnCertificate;
import dev.zhiku.app.start.ServedCertificate;
import dev.zhiku.app.start.StopSignals;
import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.server.access.KeyRule;
import dev.zhiku.server.http.ServerConfig;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhiku serve}. */
@Command(
    name = "serve",
    description = "Starts the service: watches the folder, answers on the page and over HTTP.",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {
  private static final String EVERY_ADDRESS = "0.0.0.0";

  private final ServiceStarter starter;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--lan",
      description = "Listens on every address of this machine; makes access keys if there are none")
  private boolean lan;

  @Option(
      names = "--tls",
      paramLabel = "self-signed",
      description =
          "Encrypts with a certificate that the service makes and whose fingerprint it prints")
  private @Nullable Certificate tls;

  /** Certificates that need no file. */
  enum Certificate {
    /** Made by the service. */
    SELF_SIGNED;

    /** As it is typed. */
    @Override
    public String toString() {
      return "self-signed";
    }
  }

  ServeCommand(ServiceStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    LauncherWatch.start();
    LoadedConfig loaded = withCertificate(given());
    AccessKeyFile keys = AccessKeyFile.ofData(loaded.config().data());
    boolean made = needsKeys(loaded.config().server()) && keys.createIfAbsent();
    StopSignals stop = StopSignals.watch();
    try (RunningService service = starter.start(loaded)) {
      announce(service, loaded.config());
      if (made) {
        keys.show(spec.commandLine().getOut(), Ansi.AUTO.enabled());
      }
      ConsoleLog.showWhatHappens();
      stop.await();
      spec.commandLine().getOut().println("Stopping.");
    }
    return ExitCode.OK;
  }

  private boolean needsKeys(ServerConfig server) {
    return lan || (LoopbackAddress.is(server.host()) && KeyRule.of(server).isPresent());
  }

  private Map<String, String> given() {
    Map<String, String> given = new TreeMap<>();
    if (lan) {
      given.put("server.host", EVERY_ADDRESS);
    }
    if (tls != null) {
      given.put("server.tls.self-signed", "true");
    }
    return given;
  }

  /** The configuration; where the service signs for itself, with the files of that certificate. */
  private LoadedConfig withCertificate(Map<String, String> given) {
    LoadedConfig loaded = options.read(given);
    ZhikuConfig config = loaded.config();
    if (!config.server().tls().selfSigned() || config.server().tls().isOn()) {
      return loaded;
    }
    OwnCertificate own = OwnCertificate.in(config.data());
    own.makeIfNeeded(Reach.namesOf(config.server()));
    Map<String, String> further = new TreeMap<>(given);
    further.put("server.tls.certificate", own.certificate().toAbsolutePath().toString());
    further.put("server.tls.key", own.key().toAbsolutePath().toString());
    return options.read(further);
  }

  private void announce(RunningService service, ZhikuConfig config) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("Zhiku is running at " + service.url());
    Reach reach = new Reach(config.server(), URI.create(service.url()));
    reach.addresses().forEach(address -> out.println("  for colleagues: " + address));
    KeyRule.of(config.server())
        .ifPresent(why -> out.println("  a key is needed: " + why.english()));
    if (config.server().tls().isOn()) {
      ServedCertificate.of(config)
          .map(ServedCertificate::fingerprint)
          .ifPresent(hash -> out.println("  fingerprint of the certificate (SHA-256): " + hash));
    }
    service.folders().forEach(folder -> out.println("  indexing " + folder));
    out.println("  put files into your folder, then ask on the page or with ./zhiku ask \"…\"");
    out.println("  stop with Ctrl+C");
    reach.advice().forEach(line -> out.println("  " + line));
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    reach.warnings().forEach(err::println);
    err.flush();
  }
}
