package dev.zhiku.app.command;

import dev.zhiku.app.command.ServiceStarter.RunningService;
import dev.zhiku.app.config.LoadedConfig;
import dev.zhiku.app.start.ConsoleLog;
import dev.zhiku.app.start.LauncherWatch;
import dev.zhiku.app.start.StopSignals;
import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.server.access.KeyRule;
import dev.zhiku.server.http.OwnAddresses;
import dev.zhiku.server.http.ServerConfig;
import java.io.PrintWriter;
import java.net.URI;
import java.util.Map;
import java.util.concurrent.Callable;
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

  ServeCommand(ServiceStarter starter) {
    this.starter = starter;
  }

  @Override
  public Integer call() throws InterruptedException {
    LauncherWatch.start();
    LoadedConfig loaded = options.read(lan ? Map.of("server.host", EVERY_ADDRESS) : Map.of());
    AccessKeyFile keys = AccessKeyFile.ofData(loaded.config().data());
    boolean made = needsKeys(loaded.config().server()) && keys.createIfAbsent();
    ServerConfig server = loaded.config().server();
    StopSignals stop = StopSignals.watch();
    try (RunningService service = starter.start(loaded)) {
      announce(service, server);
      if (made) {
        keys.show(spec.commandLine().getOut(), Ansi.AUTO.enabled());
      }
      warnOfPlainHttp(server);
      ConsoleLog.showWhatHappens();
      stop.await();
      spec.commandLine().getOut().println("Stopping.");
    }
    return ExitCode.OK;
  }

  private boolean needsKeys(ServerConfig server) {
    return lan || (LoopbackAddress.is(server.host()) && KeyRule.of(server).isPresent());
  }

  private void announce(RunningService service, ServerConfig server) {
    PrintWriter out = spec.commandLine().getOut();
    out.println();
    out.println("Zhiku is running at " + service.url());
    if (server.host().equals(EVERY_ADDRESS)) {
      URI own = URI.create(service.url());
      String scheme = own.getScheme() + "://";
      int port = own.getPort();
      OwnAddresses.inTheNetwork()
          .forEach(address -> out.println("  for colleagues: " + scheme + address + ":" + port));
    }
    KeyRule.of(server).ifPresent(why -> out.println("  a key is needed: " + why.english()));
    service.folders().forEach(folder -> out.println("  indexing " + folder));
    out.println("  put files into your folder, then ask on the page or with ./zhiku ask \"…\"");
    out.println("  stop with Ctrl+C");
    out.flush();
  }

  private void warnOfPlainHttp(ServerConfig server) {
    if (!LoopbackAddress.is(server.host()) && server.tls().certificate().isEmpty()) {
      PrintWriter err = spec.commandLine().getErr();
      err.println("! Keys, questions and answers cross the network not encrypted.");
      err.println("  Use it in a network you trust, or set zhiku.server.tls.");
      err.flush();
    }
  }
}
