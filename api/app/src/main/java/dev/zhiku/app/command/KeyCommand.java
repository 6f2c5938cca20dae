package dev.zhiku.app.command;

import dev.zhiku.answering.problem.Problem;
import dev.zhiku.answering.problem.ProblemText;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.start.CannotStart;
import dev.zhiku.app.start.CannotStart.Code;
import dev.zhiku.app.start.DataFolder;
import dev.zhiku.ingest.source.HiddenCharacters;
import dev.zhiku.server.identity.NamedKey;
import dev.zhiku.server.identity.NamedKeys;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code zhiku key new}, {@code list}, {@code rotate ID} and {@code revoke ID}. */
@Command(
    name = "key",
    description =
        "Makes and ends keys: the two of the data folder, and those of one application each, which"
            + " take effect at once. Works whether the service runs or not.",
    mixinStandardHelpOptions = true)
final class KeyCommand implements Callable<Integer> {
  /** How long the secrets before still open the service after a rotation. */
  private static final Duration OVERLAP = Duration.ofDays(1);

  private static final String LINE = "%-20s %-9s %-8s %9s  %s%n";
  private static final String WHO = "machine";

  /** What can be done with keys. */
  enum Action {
    /** A key of one application, or the two of the data folder. */
    NEW,
    /** Shows those of applications. */
    LIST,
    /** Another secret for one. */
    ROTATE,
    /** Ends one. */
    REVOKE;

    /** As it is typed and shown in messages. */
    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final KeyFolder.Opening folders;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Mixin private final NamedKeyOptions named = new NamedKeyOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      index = "0",
      paramLabel = "new|list|rotate|revoke",
      description =
          "new: with --label or another option below a key of one application, else two new keys,"
              + " one to read, one to administer, in place of those of the data folder")
  private Action action = Action.NEW;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "ID",
      description = "The key to rotate or revoke, as list names it")
  private @Nullable String id;

  KeyCommand(KeyFolder.Opening folders) {
    this.folders = folders;
  }

  @Override
  public Integer call() throws InterruptedException {
    ZhikuConfig config = options.load();
    if (action == Action.NEW && !named.isAny()) {
      replaceShared(config.data());
      return ExitCode.OK;
    }
    try (KeyFolder keys = folders.open(config.data())) {
      return rest(keys);
    } catch (CannotStart e) {
      if (e.code() != Code.DATA_IN_USE) {
        throw e;
      }
    }
    try (LocalService service = LocalService.of(config)) {
      ask(service);
    }
    return ExitCode.OK;
  }

  private void replaceShared(Path data) {
    PrintWriter out = spec.commandLine().getOut();
    AccessKeyFile file = AccessKeyFile.ofData(data);
    file.replace();
    file.show(out, Ansi.AUTO.enabled());
    DataFolder.runningAt(data)
        .ifPresent(running -> out.println("Restart the service: it still knows the keys before."));
  }

  private int rest(KeyFolder keys) {
    try {
      switch (action) {
        case NEW -> show(keys.named().create(named.terms(spec.commandLine()), WHO));
        case LIST -> {
          header();
          keys.named().list().forEach(key -> line(keys, key));
        }
        case ROTATE -> show(keys.named().rotate(id(), OVERLAP, WHO));
        case REVOKE -> {
          keys.named().revoke(id(), WHO);
          revoked();
        }
      }
      return ExitCode.OK;
    } catch (Problem e) {
      ProblemText text = ProblemText.of(e.code(), e.values(), Locale.getDefault());
      throw new ServiceRefused(e.code().wireName(), text.detail(), text.remedy());
    }
  }

  private void ask(LocalService service) throws InterruptedException {
    switch (action) {
      case NEW ->
          show(service.post("/keys", NamedKeyOptions.body(named.terms(spec.commandLine()))));
      case LIST -> {
        header();
        JsonObject.objects(service.get("/keys"), "items").forEach(this::line);
      }
      case ROTATE -> show(service.post("/keys/" + id() + "/rotate", Map.of()));
      case REVOKE -> {
        service.delete("/keys/" + id());
        revoked();
      }
    }
  }

  private String id() {
    if (id == null || !id.matches("k_[0-9a-f]+")) {
      throw new ParameterException(
          spec.commandLine(),
          "Which key? For example: zhiku key " + action + " k_0123456789abcdef");
    }
    return id;
  }

  private void show(NamedKeys.Made made) {
    show(made.text(), made.key().id());
  }

  private void show(Map<String, @Nullable Object> made) {
    show(JsonObject.text(made, "secret"), JsonObject.text(JsonObject.object(made, "key"), "id"));
  }

  /** The secret alone goes to standard output, for scripts; it is shown only now. */
  private void show(String secret, String key) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(secret);
    out.flush();
    PrintWriter err = spec.commandLine().getErr();
    err.println("This is the only time that the secret of " + key + " is shown.");
    if (action == Action.ROTATE) {
      err.println("The one before opens the service for another 24 hours.");
    }
    err.flush();
  }

  private void revoked() {
    PrintWriter out = spec.commandLine().getOut();
    out.println("Revoked: " + id() + " opens nothing any more.");
    out.flush();
  }

  private void header() {
    spec.commandLine().getOut().printf(LINE, "ID", "ROLE", "STATE", "QUESTIONS", "LABEL");
  }

  private void line(KeyFolder keys, NamedKey key) {
    String state =
        key.revokedAt().isPresent()
            ? "revoked"
            : key.standsAt(Instant.now()) ? "active" : "expired";
    spec.commandLine()
        .getOut()
        .printf(
            LINE,
            key.id(),
            key.terms().role().wireName(),
            state,
            keys.usage().ofKey(key.id()).questions(),
            HiddenCharacters.shown(key.terms().label()));
    keys.seen().of(key.id()).forEach(one -> seen(one.where(), one.at().toString()));
    spec.commandLine().getOut().flush();
  }

  private void seen(String where, String at) {
    spec.commandLine()
        .getOut()
        .printf("  was found in %s at %s%n", HiddenCharacters.shown(where), at);
  }

  private void line(Map<String, @Nullable Object> key) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        LINE,
        JsonObject.text(key, "id"),
        JsonObject.text(key, "role"),
        JsonObject.text(key, "state"),
        JsonObject.text(JsonObject.object(key, "usage"), "questions"),
        JsonObject.text(key, "label"));
    JsonObject.objects(key, "seen_in")
        .forEach(one -> seen(JsonObject.text(one, "where"), JsonObject.text(one, "at")));
    out.flush();
  }
}
