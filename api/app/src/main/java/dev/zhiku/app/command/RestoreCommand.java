package dev.zhiku.app.command;

import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.InstanceSecret;
import dev.zhiku.server.backup.BackupArchive;
import dev.zhiku.server.backup.BackupRefused;
import dev.zhiku.server.backup.Restore;
import dev.zhiku.server.identity.NamedKey;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku restore FILE}. */
@Command(
    name = "restore",
    description =
        "Makes a data folder of a backup, after all of it was checked. On an empty folder no key of"
            + " the backup opens anything.",
    mixinStandardHelpOptions = true)
final class RestoreCommand implements Callable<Integer> {
  private static final String WHO = "restore";

  private final KeyFolder.Opening folders;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Mixin private final PassphraseOption passphrase = new PassphraseOption();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--keep-keys", description = "On an empty folder too, the keys stay as they were")
  private boolean keepKeys;

  @Option(
      names = "--replace",
      description = "What is in the data folder is kept beside it under another name")
  private boolean replace;

  @Parameters(index = "0", paramLabel = "FILE", description = "The backup")
  private Path file = Path.of("");

  RestoreCommand(KeyFolder.Opening folders) {
    this.folders = folders;
  }

  /** State that was in force before: ids that are revoked; empty if nothing can be known of it. */
  private record Before(Optional<Set<String>> revoked) {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    Path data = options.load().data().toAbsolutePath();
    BackupArchive archive = BackupCommand.archive(file.toAbsolutePath(), passphrase.read());
    Before before = replace && !Restore.isEmpty(data) ? before(data) : new Before(Optional.empty());
    try (Restore restore = Restore.stage(archive, data, replace)) {
      boolean kept = keepKeys || before.revoked().isPresent();
      keys(restore.folder(), data, before, kept);
      Optional<Path> aside = restore.take();
      say(data, restore, aside, kept);
    } catch (BackupRefused e) {
      throw BackupCommand.refused(e);
    }
    return ExitCode.OK;
  }

  /**
   * @throws CannotStart with {@code data-in-use} if the service runs
   */
  private Before before(Path data) throws InterruptedException {
    try (KeyFolder live = folders.open(data)) {
      return new Before(
          Optional.of(
              live.named().list().stream()
                  .filter(key -> key.revokedAt().isPresent())
                  .map(NamedKey::id)
                  .collect(Collectors.toSet())));
    } catch (CannotStart e) {
      if (e.code() == Code.DATA_IN_USE) {
        throw e;
      }
      return new Before(Optional.empty());
    }
  }

  /** Ends those that were revoked since, or all; the two shared ones are those of the folder. */
  private void keys(Path staged, Path data, Before before, boolean kept)
      throws InterruptedException, IOException {
    Set<String> revoked = before.revoked().orElse(Set.of());
    try (KeyFolder restored = folders.open(staged)) {
      Predicate<NamedKey> ends = key -> !kept || revoked.contains(key.id());
      for (NamedKey key : restored.named().list()) {
        if (key.revokedAt().isEmpty() && ends.test(key)) {
          restored.named().revoke(key.id(), WHO);
        }
      }
    }
    if (!kept || before.revoked().isPresent()) {
      Files.deleteIfExists(staged.resolve(AccessKeys.FILE_NAME));
    }
    if (!kept) {
      Files.deleteIfExists(staged.resolve(InstanceSecret.FILE_NAME));
    }
    Path shared = data.resolve(AccessKeys.FILE_NAME);
    if (before.revoked().isPresent() && Files.exists(shared)) {
      Files.copy(shared, staged.resolve(AccessKeys.FILE_NAME), StandardCopyOption.COPY_ATTRIBUTES);
    }
  }

  private void say(Path data, Restore restore, Optional<Path> aside, boolean kept) {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Restored to " + data + ": the backup of " + restore.manifest().madeAt() + ".");
    aside.ifPresent(folder -> out.println("What was there before is kept in " + folder + "."));
    out.println(
        kept
            ? "Keys open what they opened before, but for those that were revoked since."
            : "No key of the backup opens anything: make new ones with zhiku key new.");
    out.flush();
  }
}
