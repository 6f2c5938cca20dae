package dev.zhiku.app.command;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.server.backup.BackupArchive;
import dev.zhiku.server.backup.BackupRefused;
import dev.zhiku.server.backup.Backups;
import dev.zhiku.server.backup.Manifest;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku backup FILE} and {@code zhiku backup verify FILE}. */
@Command(
    name = "backup",
    description =
        "Writes keys, settings, databases and index into one file, whether the service runs or not;"
            + " verify reads such a file whole and says whether it can be restored.",
    mixinStandardHelpOptions = true)
final class BackupCommand implements Callable<Integer> {
  private static final String VERIFY = "verify";

  private final KeyFolder.Opening folders;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Mixin private final PassphraseOption passphrase = new PassphraseOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(arity = "1..2", paramLabel = "[verify] FILE", description = "The backup")
  private List<String> words = List.of();

  BackupCommand(KeyFolder.Opening folders) {
    this.folders = folders;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path file = Path.of(words.getLast()).toAbsolutePath();
    if (words.size() == 2 && words.getFirst().equals(VERIFY)) {
      say(file, verified(archive(file, passphrase.read())));
    } else if (words.size() == 1) {
      make(file);
    } else {
      throw new ParameterException(
          spec.commandLine(), "For example: zhiku backup FILE, or zhiku backup verify FILE");
    }
    return ExitCode.OK;
  }

  static BackupArchive archive(Path file, Optional<String> passphrase) {
    if (!Files.isRegularFile(file)) {
      throw new ServiceRefused(
          "no-backup", "There is no file " + file + ".", "Name a file that zhiku backup made.");
    }
    return new BackupArchive(file, passphrase, ZhikuCommand.VERSION);
  }

  static ServiceRefused refused(BackupRefused e) {
    return new ServiceRefused(e.rule().wireName(), String.valueOf(e.getMessage()), e.remedy());
  }

  private static Manifest verified(BackupArchive archive) throws IOException {
    try {
      return archive.verify();
    } catch (BackupRefused e) {
      throw refused(e);
    }
  }

  private void make(Path file) throws InterruptedException, IOException {
    if (Files.exists(file)) {
      throw new ServiceRefused(
          "file-exists", "There is a file " + file + ".", "Name one that is not there yet.");
    }
    ZhikuConfig config = options.load();
    Optional<String> words = passphrase.read();
    Path made = made(config);
    try {
      if (words.isPresent()) {
        Backups.encrypt(made, file, words.get());
      } else {
        Backups.copy(made, file);
      }
    } finally {
      Files.delete(made);
    }
    say(file, verified(archive(file, words)));
  }

  /** In the folder of backups, from where it goes to its place. */
  private Path made(ZhikuConfig config) throws InterruptedException, IOException {
    Path data = config.data();
    if (!Files.isDirectory(data)) {
      throw new ServiceRefused(
          "no-data", "There is no data folder " + data + ".", "Name it with --data or --config.");
    }
    try (KeyFolder folder = folders.open(data)) {
      return folder.backups().make(Backups.Kind.ASKED).file();
    } catch (CannotStart e) {
      if (e.code() != Code.DATA_IN_USE) {
        throw e;
      }
    }
    try (LocalService service = LocalService.of(config)) {
      Map<String, @Nullable Object> answer = service.post("/backup", Map.of());
      return data.resolve(KeyFolder.BACKUPS).resolve(JsonObject.text(answer, "file"));
    }
  }

  private void say(Path file, Manifest manifest) throws IOException {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Whole: " + file);
    out.printf(
        Locale.ROOT,
        "made       %s by Zhiku %s%nholds      %,d files, %,d bytes; %,d bytes in the backup%n",
        manifest.madeAt(),
        manifest.version(),
        manifest.parts().size(),
        manifest.bytes(),
        Files.size(file));
    out.flush();
  }
}
