package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.support.SupportBundle;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku support}. */
@Command(
    name = "support",
    description =
        "Makes a file for whoever helps: how the service and the machine are, without anything of"
            + " documents, questions, answers or names. Sends nothing.",
    mixinStandardHelpOptions = true)
final class SupportCommand implements Callable<Integer> {
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "FILE", description = "The file to make, such as help.zip")
  private @Nullable Path file;

  @Override
  public Integer call() throws IOException, InterruptedException {
    ZhikuConfig config = options.load();
    Path wanted = file == null ? Path.of("zhiku-support.zip") : file;
    if (Files.exists(wanted)) {
      throw new ServiceRefused(
          "file-exists", wanted + " is there already.", "Name another file, or remove it.");
    }
    Optional<SupportBundle.Said> said = said(config);
    List<String> parts = new SupportBundle(config, ZhikuCommand.VERSION).write(wanted, said);
    PrintWriter out = spec.commandLine().getOut();
    out.println(wanted + " was made, of " + String.join(", ", parts) + ".");
    if (said.isEmpty()) {
      out.println("The service does not run, so what it says of itself is not in it.");
    }
    out.println("Nothing was sent. Look into it before you hand it on.");
    out.flush();
    return ExitCode.OK;
  }

  private static Optional<SupportBundle.Said> said(ZhikuConfig config)
      throws InterruptedException, IOException {
    try (LocalService service = LocalService.of(config)) {
      return Optional.of(
          new SupportBundle.Said(
              service.get("/status"), service.get("/health/ready"), service.text("/metrics")));
    } catch (ServiceRefused e) {
      return Optional.empty();
    }
  }
}
