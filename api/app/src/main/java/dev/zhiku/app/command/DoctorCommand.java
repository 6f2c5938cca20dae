package dev.zhiku.app.command;

import static dev.zhiku.ingest.source.HiddenCharacters.shown;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.doctor.Advice;
import dev.zhiku.app.doctor.Diagnosis;
import dev.zhiku.app.doctor.Diagnostics;
import dev.zhiku.app.doctor.Machine;
import dev.zhiku.app.doctor.MemoryBandwidth;
import dev.zhiku.app.doctor.ServerProbe;
import dev.zhiku.generators.library.CatalogueModel;
import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code zhiku doctor}. */
@Command(
    name = "doctor",
    description =
        "Looks at this machine, its model server and the configuration, measures the memory for ten"
            + " seconds, and says which model suits. Needs no running service.",
    mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
  private static final double GIGABYTE = 1e9;

  private final Duration measured;
  @Mixin private final ConfigOptions options = new ConfigOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(names = "--json", description = "Prints the same as one JSON object")
  private boolean json;

  /**
   * @param measured how long the memory is read
   */
  DoctorCommand(Duration measured) {
    this.measured = measured;
  }

  /** All that was found. */
  private record Report(
      Machine machine,
      double bandwidth,
      ServerProbe server,
      List<Diagnosis> findings,
      Advice advice) {}

  @Override
  public Integer call() throws InterruptedException, IOException {
    ZhikuConfig config = options.load();
    PrintWriter out = spec.commandLine().getOut();
    Locale locale = Locale.getDefault();
    Machine machine = Machine.look(config.data());
    ServerProbe server = ServerProbe.at(config);
    double bandwidth = MemoryBandwidth.measure(measured);
    Report report =
        new Report(
            machine,
            bandwidth,
            server,
            Diagnostics.of(machine, config, server),
            Advice.of(machine, bandwidth, server.trouble().isEmpty()));
    if (json) {
      out.println(JsonMapper.createDefault().writeValueAsString(object(report, locale)));
    } else {
      print(out, report, locale);
    }
    out.flush();
    return ExitCode.OK;
  }

  private void print(PrintWriter out, Report report, Locale locale) {
    boolean chinese = locale.getLanguage().equals("zh");
    out.printf(
        chinese
            ? "     %d 个处理器核心；内存读取 %.1f GB/s（实测 %d 秒）%n"
            : "     %d cores; memory reads %.1f GB per second, measured for %d s%n",
        report.machine().cores(),
        report.bandwidth() / GIGABYTE,
        measured.toSeconds());
    report
        .machine()
        .gpus()
        .forEach(
            gpu -> out.printf("     GPU: %s, %d GB%n", shown(gpu.name()), gpu.memoryBytes() >> 30));
    for (Diagnosis finding : report.findings()) {
      out.println((finding.isTrouble() ? "!    " : "ok   ") + shown(finding.what().in(locale)));
      finding.remedy().ifPresent(remedy -> out.println("     -> " + shown(remedy.in(locale))));
    }
    if (report.server().tokensPerSecond().isPresent()) {
      out.printf(
          chinese
              ? "     所配置的模型实测每秒 %.1f 个词元%n"
              : "     the configured model writes %.1f tokens per second, measured%n",
          report.server().tokensPerSecond().getAsDouble());
    }
    out.println(advice(report.advice(), chinese));
  }

  private static String advice(Advice advice, boolean chinese) {
    if (advice.model().isEmpty()) {
      return chinese
          ? "建议 extractive：内存不足以运行语言模型，回答引用原文"
          : "use  extractive: no model fits into the memory; answers quote the documents";
    }
    CatalogueModel model = advice.model().get();
    boolean ollama = advice.backend().equals("ollama");
    String name = ollama ? model.ollamaName() : model.name();
    String line =
        String.format(
            Locale.ROOT,
            chinese ? "建议 %s：%s（%s），上下文 %d 个词元" : "use  %s with %s (%s), context of %d tokens",
            advice.backend(),
            name,
            CatalogueModel.QUANTIZATION,
            advice.contextTokens());
    return line + speed(advice.tokensPerSecond(), chinese) + "\n     ./zhiku model pull " + name;
  }

  private static String speed(OptionalDouble tokensPerSecond, boolean chinese) {
    if (tokensPerSecond.isEmpty()) {
      return chinese ? "；速度取决于显卡，未估算" : "; how fast depends on the card and is not estimated";
    }
    return String.format(
        Locale.ROOT,
        chinese ? "，预计每秒约 %.0f 个词元" : ", about %.0f tokens per second expected",
        tokensPerSecond.getAsDouble());
  }

  private static Map<String, @Nullable Object> object(Report report, Locale locale) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("cores", report.machine().cores());
    object.put("memory_bytes", report.machine().memoryBytes());
    object.put("disk_free_bytes", report.machine().diskFreeBytes());
    object.put(
        "gpus",
        report.machine().gpus().stream()
            .map(gpu -> Map.of("name", gpu.name(), "memory_bytes", gpu.memoryBytes()))
            .toList());
    object.put("memory_bytes_per_second", Math.round(report.bandwidth()));
    object.put("findings", report.findings().stream().map(f -> finding(f, locale)).toList());
    object.put("measured_tokens_per_second", orNull(report.server().tokensPerSecond()));
    object.put("recommended", recommended(report.advice()));
    return object;
  }

  private static Map<String, @Nullable Object> finding(Diagnosis finding, Locale locale) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("ok", !finding.isTrouble());
    object.put("detail", finding.what().in(locale));
    object.put("remedy", finding.remedy().map(remedy -> remedy.in(locale)).orElse(null));
    return object;
  }

  private static Map<String, @Nullable Object> recommended(Advice advice) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    object.put("backend", advice.backend());
    object.put(
        "model",
        advice
            .model()
            .map(m -> advice.backend().equals("ollama") ? m.ollamaName() : m.name())
            .orElse(null));
    object.put("quantization", advice.model().map(m -> CatalogueModel.QUANTIZATION).orElse(null));
    object.put("context_tokens", advice.contextTokens());
    object.put("expected_tokens_per_second", orNull(advice.tokensPerSecond()));
    return object;
  }

  private static @Nullable Double orNull(OptionalDouble number) {
    return number.isPresent() ? Double.valueOf(number.getAsDouble()) : null;
  }
}
