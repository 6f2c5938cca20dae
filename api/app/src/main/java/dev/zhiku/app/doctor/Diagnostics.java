package dev.zhiku.app.doctor;

import dev.zhiku.answering.problem.Phrase;
import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.generators.EmbeddingConfig;
import dev.zhiku.generators.GeneratorConfig;
import dev.zhiku.generators.GeneratorConfig.Backend;
import dev.zhiku.generators.egress.LoopbackAddress;
import dev.zhiku.generators.library.CatalogueModel;
import dev.zhiku.generators.library.InstalledModel;
import dev.zhiku.server.access.AccessKeys;
import dev.zhiku.server.access.KeyRule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
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
    checkup.memory();
    checkup.disk();
    checkup.descriptors();
    checkup.recognition();
    checkup.wall();
    checkup.keys();
    checkup.generator();
    checkup.embedding();
    return List.copyOf(checkup.findings);
  }

  private void trouble(String english, String chinese, String remedy, String chineseRemedy) {
    findings.add(Diagnosis.trouble(new Phrase(english, chinese), remedy, chineseRemedy));
  }

  private void fine(String english, String chinese) {
    findings.add(Diagnosis.fine(english, chinese));
  }

  private void memory() {
    String size = gibibytes(machine.memoryBytes());
    if (machine.memoryBytes() < LITTLE_MEMORY) {
      trouble(
          "This machine has " + size + " GB of memory.",
          "本机内存为 " + size + " GB。",
          "The service and its parsers want 4 GB; add memory, or set zhiku.ingest.parsers to 1.",
          "服务及其解析进程需要 4 GB；请增加内存，或把 zhiku.ingest.parsers 设为 1。");
    } else {
      fine("Memory: " + size + " GB.", "内存：" + size + " GB。");
    }
  }

  private void disk() {
    long needed = config.ingest().keepFreeBytes() + CatalogueModel.ALL.getFirst().bytes();
    String free = gibibytes(machine.diskFreeBytes());
    if (machine.diskFreeBytes() < needed) {
      trouble(
          "The disk of the data folder has " + free + " GB free, too little for any model.",
          "数据目录所在磁盘剩余 " + free + " GB，放不下任何模型。",
          "Free some space there, or choose another data folder with --data.",
          "请腾出空间，或用 --data 另选数据目录。");
    } else {
      fine("Free on the disk of the data folder: " + free + " GB.", "数据目录所在磁盘剩余 " + free + " GB。");
    }
  }

  private void descriptors() {
    if (machine.descriptors() < FEW_DESCRIPTORS) {
      trouble(
          "The system lets a process open " + machine.descriptors() + " files.",
          "系统只允许一个进程打开 " + machine.descriptors() + " 个文件。",
          "Allow more before the start: ulimit -n 4096, or LimitNOFILE=4096 in its systemd unit.",
          "请在启动前放宽：ulimit -n 4096，或在 systemd 单元中写 LimitNOFILE=4096。");
    } else {
      fine("Open files: enough.", "可打开文件数：足够。");
    }
  }

  private void recognition() {
    if (machine.tesseract().isPresent()) {
      fine(
          "Text recognition: " + machine.tesseract().get() + ".",
          "文字识别：" + machine.tesseract().get() + "。");
    } else {
      trouble(
          "Tesseract is not installed: scans and pictures are not read.",
          "没有安装 Tesseract：无法读取扫描件和图片。",
          "Debian: apt install tesseract-ocr tesseract-ocr-chi-sim; then restart the service.",
          "Debian：apt install tesseract-ocr tesseract-ocr-chi-sim，然后重启服务。");
    }
  }

  private void wall() {
    switch (machine.wall()) {
      case UP ->
          fine(
              "Files are read behind a wall of the system: without network, and with no other file.",
              "文件在系统隔离环境中读取：没有网络，也看不到其他文件。");
      case NO_LINUX ->
          fine(
              "Files are read in processes of their own; this system has no wall for them.",
              "文件在独立进程中读取；此系统没有可用的隔离环境。");
      case NOT_INSTALLED ->
          trouble(
              "bubblewrap is not installed: a program hidden in a file that breaks out of its parser"
                  + " could reach the network and your other files.",
              "没有安装 bubblewrap：如果文件中隐藏的程序突破解析器，就可能访问网络和您的其他文件。",
              "Debian: apt install bubblewrap; then restart the service.",
              "Debian：apt install bubblewrap，然后重启服务。");
      case NOT_ALLOWED ->
          trouble(
              "bubblewrap is installed, but the system lets this account make no namespaces: files"
                  + " are read without a wall around their parser.",
              "已安装 bubblewrap，但系统不允许此账户创建命名空间：读取文件时没有隔离环境。",
              "Allow unprivileged user namespaces (sysctl kernel.unprivileged_userns_clone=1, or an"
                  + " AppArmor profile for bwrap); in a container, a seccomp profile that lets it"
                  + " make them.",
              "请允许非特权用户命名空间（sysctl kernel.unprivileged_userns_clone=1，或为 bwrap 配置 AppArmor）；"
                  + "在容器中，请使用允许创建命名空间的 seccomp 配置。");
    }
  }

  private void keys() {
    Optional<Phrase> why = KeyRule.of(config.server());
    try {
      boolean there = AccessKeys.find(config.data().resolve(AccessKeys.FILE_NAME)).isPresent();
      if (why.isEmpty()) {
        fine(
            "Access keys: programs of this machine need none. With a tunnel or reverse proxy here,"
                + " set zhiku.server.public-url, which makes them needed.",
            "访问密钥：本机程序无需密钥。若本机上有隧道或反向代理，请设置 zhiku.server.public-url，此后即需要密钥。");
      } else if (there) {
        fine(
            "Access keys: in order, and needed. " + why.get().english(),
            "访问密钥：正常，且需要使用。" + why.get().chinese());
      } else {
        trouble(
            "Access keys are needed, and there are none. " + why.get().english(),
            "需要访问密钥，但还没有。" + why.get().chinese(),
            "Make them: ./zhiku key new",
            "请生成：./zhiku key new");
      }
    } catch (IllegalStateException | UncheckedIOException e) {
      String message = String.valueOf(e.getMessage());
      trouble(
          "The access keys cannot be used: " + message,
          "访问密钥无法使用：" + message,
          "Correct what the message names, or make new keys: ./zhiku key new",
          "请按提示修正，或重新生成：./zhiku key new");
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
    if (generator.backend() == Backend.NATIVE && !machine.gpus().isEmpty()) {
      trouble(
          "The native backend does not use the graphics card "
              + machine.gpus().getFirst().name()
              + ".",
          "native 后端不使用显卡 " + machine.gpus().getFirst().name() + "。",
          "Install Ollama, which does, and choose a model of it with ./zhiku model use.",
          "请安装使用显卡的 Ollama，并用 ./zhiku model use 选择其模型。");
    }
  }

  private void file(GeneratorConfig.Native chosen) {
    boolean there = chosen.modelPath().filter(Files::isReadable).isPresent();
    if (!there) {
      trouble(
          "The model file " + chosen.modelPath().orElseThrow() + " is not there.",
          "模型文件 " + chosen.modelPath().orElseThrow() + " 不存在。",
          "Fetch one with ./zhiku model pull and choose it with ./zhiku model use.",
          "请用 ./zhiku model pull 获取，再用 ./zhiku model use 选择。");
    }
  }

  private void ollama(GeneratorConfig.Ollama chosen) {
    Optional<InstalledModel> model = server.model(chosen.model());
    if (server.trouble().isPresent() && server.models().isEmpty()) {
      boolean own = LoopbackAddress.is(String.valueOf(chosen.baseUrl().getHost()));
      findings.add(
          Diagnosis.trouble(
              server.trouble().get(),
              own
                  ? "Start it: ollama serve. If it runs elsewhere, set zhiku.generator.ollama.base-url."
                  : "Set OLLAMA_HOST=0.0.0.0 where it runs and restart it; let port 11434 through its firewall.",
              own
                  ? "请启动：ollama serve。若在其他机器上运行，请设置 zhiku.generator.ollama.base-url。"
                  : "请在其所在机器上设置 OLLAMA_HOST=0.0.0.0 并重启，同时在防火墙放行 11434 端口。"));
    } else if (model.isEmpty()) {
      trouble(
          "Ollama does not have the model " + chosen.model() + ".",
          "Ollama 中没有模型 " + chosen.model() + "。",
          "Fetch it: ./zhiku model pull " + chosen.model(),
          "请获取：./zhiku model pull " + chosen.model());
    } else if (server.trouble().isPresent()) {
      findings.add(
          Diagnosis.trouble(
              server.trouble().get(),
              "Look into Ollama's own log; a smaller model or context may fit into its memory.",
              "请查看 Ollama 的日志；换用较小的模型或上下文也许就能装入内存。"));
    } else {
      fine("Ollama answers with " + chosen.model() + ".", "Ollama 可用，模型为 " + chosen.model() + "。");
      context(chosen, model.get());
    }
  }

  private void openAi(GeneratorConfig.OpenAi chosen) {
    chosen.apiKeyFile().filter(Diagnostics::othersMayRead).ifPresent(this::tooOpen);
    if (server.openAi().isPresent()) {
      findings.add(
          Diagnosis.trouble(
              server.openAi().get(),
              "Start it, or correct base-url, model or api-key-file of zhiku.generator.openai.",
              "请启动该服务，或修改 zhiku.generator.openai 的 base-url、model 或 api-key-file。"));
    } else {
      fine(
          "The model server at " + chosen.baseUrl() + " answers.",
          "模型服务 " + chosen.baseUrl() + " 可用。");
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
    trouble(
        "Every account of this machine may read the key in " + file + ".",
        "本机所有账户都可以读取 " + file + " 中的密钥。",
        "Keep it to the account that runs Zhiku: chmod 600 " + file,
        "请只允许运行知库的账户读取：chmod 600 " + file);
  }

  private void embedding() {
    EmbeddingConfig embedding = config.embedding();
    if (embedding.backend() != EmbeddingConfig.Backend.OLLAMA) {
      return;
    }
    if (server.embedding().isPresent()) {
      findings.add(
          Diagnosis.trouble(
              server.embedding().get(),
              "Documents are searched by words alone until then: ollama serve, ollama pull "
                  + embedding.ollama().model()
                  + ", or leave zhiku.embedding.backend out.",
              "在此之前文档只按字词检索：请运行 ollama serve 和 ollama pull "
                  + embedding.ollama().model()
                  + "，或去掉 zhiku.embedding.backend。"));
    } else {
      fine(
          "Ollama embeds with " + embedding.ollama().model() + ".",
          "Ollama 用 " + embedding.ollama().model() + " 生成向量。");
    }
  }

  private void context(GeneratorConfig.Ollama chosen, InstalledModel model) {
    if (model.contextTokens().isPresent()
        && model.contextTokens().getAsInt() < chosen.contextTokens()) {
      int most = model.contextTokens().getAsInt();
      trouble(
          chosen.model()
              + " was trained for a context of "
              + most
              + " tokens; configured are "
              + chosen.contextTokens()
              + ".",
          chosen.model() + " 的上下文为 " + most + " 个词元，而配置为 " + chosen.contextTokens() + "。",
          "Set zhiku.generator.ollama.context-tokens to " + most + " or less.",
          "请把 zhiku.generator.ollama.context-tokens 设为不超过 " + most + "。");
    }
  }

  private static String gibibytes(long bytes) {
    return Long.toString(bytes >> 30);
  }
}
