package dev.zhiku.app.command;

import static dev.zhiku.ingest.source.HiddenCharacters.shown;

import dev.zhiku.app.config.ZhikuConfig;
import dev.zhiku.app.doctor.Advice;
import dev.zhiku.app.doctor.AppText;
import dev.zhiku.app.doctor.Diagnosis;
import dev.zhiku.app.doctor.Diagnostics;
import dev.zhiku.app.doctor.Machine;
import dev.zhiku.app.doctor.MemoryBandwidth;
import dev.zhiku.app.doctor.ServerProbe;
import dev.zhiku.generators.library.CatalogueModel;
import dev.zhiku.index.message.Phrase;
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

  @Option(
      names = "--egress",
      description = "Shows what the running service tried to send to other hosts since its start")
  private boolean egress;

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
    if (egress) {
      return EgressReport.print(config, json, spec.commandLine().getOut());
    }
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
    Phrase machine =
        AppText.of(
            "doctor.machine",
            report.machine().cores(),
            String.format(Locale.ROOT, "%.1f", report.bandwidth() / GIGABYTE),
            measured.toSeconds());
    out.println("     " + machine.in(locale));
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
      double speed = report.server().tokensPerSecond().getAsDouble();
      Phrase measuredSpeed =
          AppText.of("doctor.measured", String.format(Locale.ROOT, "%.1f", speed));
      out.println("     " + measuredSpeed.in(locale));
    }
    out.println(advice(report.advice(), locale));
  }

  private static String advice(Advice advice, Locale locale) {
    if (advice.model().isEmpty()) {
      return AppText.of("doctor.no-model").in(locale);
    }
    CatalogueModel model = advice.model().get();
    boolean ollama = advice.backend().equals("ollama");
    String name = ollama ? model.ollamaName() : model.name();
    Phrase line =
        AppText.of(
            "doctor.model",
            advice.backend(),
            name,
            CatalogueModel.QUANTIZATION,
            advice.contextTokens());
    return line.in(locale)
        + speed(advice.tokensPerSecond()).in(locale)
        + "\n     ./zhiku model pull "
        + name;
  }

  private static Phrase speed(OptionalDouble tokensPerSecond) {
    return tokensPerSecond.isEmpty()
        ? AppText.of("doctor.speed-unknown")
        : AppText.of(
            "doctor.speed", String.format(Locale.ROOT, "%.0f", tokensPerSecond.getAsDouble()));
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
