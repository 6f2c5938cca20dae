package dev.zhiku.app.doctor;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.GeneratorConfig.Backend;
import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.generators.library.CatalogueModel;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.index.message.Phrase;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.KeyRule;
import dev.zhiku.server.http.ServerConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Holds a machine and a configuration against what is known to go wrong. Pure but for files. */
public final class Diagnostics {
  private static final long FEW_DESCRIPTORS = 4_096;
  private static final long LITTLE_MEMORY = 4L << 30;

  private final Machine machine;
  private final ZhikuConfig config;
  private final ServerProbe server;
  private final List<Diagnosis> findings = new ArrayList<>();

  private Diagnostics(Machine machine, ZhikuConfig config, ServerProbe server) {
    this.machine = machine;
    this.config = config;
    this.server = server;
  }

  /** What is to be known, in a fixed order. */
  public static List<Diagnosis> of(Machine machine, ZhikuConfig config, ServerProbe server) {
    Diagnostics checkup = new Diagnostics(machine, config, server);
    checkup.load();
    checkup.memory();
    checkup.disk();
    checkup.descriptors();
    checkup.recognition();
    checkup.wall();
    checkup.keys();
    checkup.reach();
    checkup.generator();
    checkup.embedding();
    return List.copyOf(checkup.findings);
  }

  private void trouble(Phrase what, Phrase remedy) {
    findings.add(Diagnosis.trouble(what, remedy));
  }

  private void fine(Phrase what) {
    findings.add(Diagnosis.fine(what));
  }

  /** What is measured beside other work is too low. */
  private void load() {
    if (machine.load() > machine.cores()) {
      trouble(
          AppText.of(
              "load.high", String.format(Locale.ROOT, "%.1f", machine.load()), machine.cores()),
          AppText.of("load.high.remedy"));
    }
  }

  private void memory() {
    String size = gibibytes(machine.memoryBytes());
    if (machine.memoryBytes() < LITTLE_MEMORY) {
      trouble(AppText.of("memory.small", size), AppText.of("memory.small.remedy"));
    } else {
      fine(AppText.of("memory.enough", size));
    }
  }

  private void disk() {
    long needed = config.ingest().keepFreeBytes() + CatalogueModel.ALL.getFirst().bytes();
    String free = gibibytes(machine.diskFreeBytes());
    if (machine.diskFreeBytes() < needed) {
      trouble(AppText.of("disk.small", free), AppText.of("disk.small.remedy"));
    } else {
      fine(AppText.of("disk.enough", free));
    }
  }

  private void descriptors() {
    if (machine.descriptors() < FEW_DESCRIPTORS) {
      trouble(
          AppText.of("descriptors.few", machine.descriptors()),
          AppText.of("descriptors.few.remedy"));
    } else {
      fine(AppText.of("descriptors.enough"));
    }
  }

  private void recognition() {
    if (machine.tesseract().isPresent()) {
      fine(AppText.of("recognition.there", machine.tesseract().get()));
    } else {
      trouble(AppText.of("recognition.missing"), AppText.of("recognition.missing.remedy"));
    }
  }

  private void wall() {
    switch (machine.wall()) {
      case UP -> fine(AppText.of("wall.up"));
      case NO_LINUX -> fine(AppText.of("wall.no-linux"));
      case NOT_INSTALLED -> trouble(AppText.of("wall.missing"), AppText.of("wall.missing.remedy"));
      case NOT_ALLOWED ->
          trouble(AppText.of("wall.forbidden"), AppText.of("wall.forbidden.remedy"));
    }
  }

  private void reach() {
    ServerConfig open = config.server();
    boolean beyond = !LoopbackAddress.is(open.host());
    if (beyond && !open.tls().isOn() && !open.tls().selfSigned()) {
      trouble(AppText.of("reach.plain"), AppText.of("reach.plain.remedy"));
    }
    if (beyond || open.publicUrl().isPresent()) {
      fine(AppText.of("reach.open"));
    }
  }

  private void keys() {
    Optional<Phrase> why = KeyRule.of(config.server());
    try {
      boolean there = AccessKeys.find(config.data().resolve(AccessKeys.FILE_NAME)).isPresent();
      if (why.isEmpty()) {
        fine(AppText.of("keys.not-needed"));
      } else if (there) {
        fine(AppText.of("keys.in-order", why.get()));
      } else {
        trouble(AppText.of("keys.missing", why.get()), AppText.of("keys.missing.remedy"));
      }
    } catch (IllegalStateException | UncheckedIOException e) {
      String message = String.valueOf(e.getMessage());
      trouble(AppText.of("keys.unusable", message), AppText.of("keys.unusable.remedy"));
    }
  }

  private void generator() {
    GeneratorConfig generator = config.generator();
    switch (generator.backend()) {
      case OLLAMA -> ollama(generator.ollama());
      case NATIVE -> file(generator.native_());
      case OPENAI -> openAi(generator.openai());
      case EXTRACTIVE -> {}
    }
    server.promptForm().ifPresent(form -> fine(AppText.of("generator.form", form)));
    if (generator.backend() == Backend.NATIVE
        && generator.native_().server().isEmpty()
        && !machine.gpus().isEmpty()) {
      trouble(
          AppText.of("native.card-unused", machine.gpus().getFirst().name()),
          AppText.of("native.card-unused.remedy"));
    }
  }

  private void file(GeneratorConfig.Native chosen) {
    boolean there = chosen.modelPath().filter(Files::isReadable).isPresent();
    if (!there) {
      trouble(
          AppText.of("native.file-missing", chosen.modelPath().orElseThrow()),
          AppText.of("native.file-missing.remedy"));
    }
    chosen
        .server()
        .ifPresent(
            program -> {
              if (Files.isExecutable(program)) {
                fine(AppText.of("native.server", program));
              } else {
                trouble(
                    AppText.of("native.server-missing", program),
                    AppText.of("native.server-missing.remedy"));
              }
            });
  }

  private void ollama(GeneratorConfig.Ollama chosen) {
    Optional<InstalledModel> model = server.model(chosen.model());
    if (server.trouble().isPresent() && server.models().isEmpty()) {
      boolean own = LoopbackAddress.is(String.valueOf(chosen.baseUrl().getHost()));
      findings.add(
          Diagnosis.trouble(
              server.trouble().get(),
              AppText.of(own ? "ollama.away.remedy" : "ollama.away-elsewhere.remedy")));
    } else if (model.isEmpty()) {
      trouble(
          AppText.of("ollama.model-missing", chosen.model()),
          AppText.of("ollama.model-missing.remedy", chosen.model()));
    } else if (server.trouble().isPresent()) {
      findings.add(Diagnosis.trouble(server.trouble().get(), AppText.of("ollama.failed.remedy")));
    } else {
      fine(AppText.of("ollama.there", chosen.model()));
      context(chosen, model.get());
    }
  }

  private void openAi(GeneratorConfig.OpenAi chosen) {
    chosen.apiKeyFile().filter(Diagnostics::othersMayRead).ifPresent(this::tooOpen);
    if (server.openAi().isPresent()) {
      findings.add(Diagnosis.trouble(server.openAi().get(), AppText.of("openai.away.remedy")));
    } else {
      fine(AppText.of("openai.there", chosen.baseUrl()));
    }
  }

  private static boolean othersMayRead(Path file) {
    try {
      return Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_READ);
    } catch (IOException | UnsupportedOperationException e) {
      return false; // What cannot be asked is told where the file is read.
    }
  }

  private void tooOpen(Path file) {
    trouble(AppText.of("key-file.open", file), AppText.of("key-file.open.remedy", file));
  }

  private void embedding() {
    EmbeddingConfig embedding = config.embedding();
    switch (embedding.backend()) {
      case OLLAMA ->
          embedding(
              AppText.of("embedding.away.remedy", embedding.ollama().model()),
              AppText.of("embedding.there", embedding.ollama().model()));
      case OPENAI ->
          embedding(
              AppText.of("embedding.openai-away.remedy"),
              AppText.of("embedding.openai-there", embedding.openai().model().orElse("")));
      case ONNX, ONNX_FOLDER, HASHING -> {} // nothing of theirs is elsewhere
    }
  }

  private void embedding(Phrase remedy, Phrase there) {
    if (server.embedding().isPresent()) {
      findings.add(Diagnosis.trouble(server.embedding().get(), remedy));
    } else {
      fine(there);
    }
  }

  private void context(GeneratorConfig.Ollama chosen, InstalledModel model) {
    if (model.contextTokens().isPresent()
        && model.contextTokens().getAsInt() < chosen.contextTokens()) {
      int most = model.contextTokens().getAsInt();
      trouble(
          AppText.of("context.too-long", chosen.model(), most, chosen.contextTokens()),
          AppText.of("context.too-long.remedy", most));
    }
  }

  private static String gibibytes(long bytes) {
    return Long.toString(bytes >> 30);
  }
}
