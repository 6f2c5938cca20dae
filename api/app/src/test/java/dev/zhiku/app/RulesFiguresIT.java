package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.index.DocumentId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rules cost a search of some twenty thousand passages, and whether the time of a response
 * tells a hidden document from one that is not there.
 */
@Tag("figures")
class RulesFiguresIT {
  private static final int DOCUMENTS = 2_000;
  private static final int SECTIONS = 10;
  private static final int FOLDERS = 40;
  private static final int SHOWN_FOLDERS = 30;
  private static final int WARMING = 200;
  private static final int QUESTIONS = 500;
  private static final int PAIRS = Integer.getInteger("zhiku.test.pairs", 1_500);
  private static final double MOST_RATIO = 1.3;

  /** Of that many standard deviations one measurement in 16,000 is by chance. */
  private static final double MOST_DEVIATION = 4;

  private final Random random = new Random(7);
  private final List<String> vocabulary =
      IntStream.range(0, 3_000).mapToObj(i -> Integer.toString(36 * 36 * 36 + 7 * i, 36)).toList();
  private final HttpClient client = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path home;
  private String url = "";
  private String key = "";
  private String administrator = "";

  @Test
  void rules_cost_a_search_little_and_no_time_tells_hidden_from_missing() throws Exception {
    write();
    try (ServiceProcess service = ServiceProcess.start(home)) {
      url = service.url();
      service.awaitStatus(Duration.ofMinutes(20), s -> s.at("/files/indexed").asInt() == DOCUMENTS);
      service.awaitRest(Duration.ofMinutes(10));
      System.out.printf(
          "%d documents, %d passages%n", DOCUMENTS, get("/status").at("/passages").asInt());
      key = made("reader");
      administrator = made("admin");
      rules();
      double ratio = ratio();
      List<String> told = told();
      assertThat(ratio).as("p50 with rules by p50 without").isLessThanOrEqualTo(MOST_RATIO);
      assertThat(told).as("where times tell").isEmpty();
    }
  }

  private String made(String role) throws IOException, InterruptedException {
    HttpResponse<String> key =
        send(
            HttpRequest.newBuilder(URI.create(url + "/keys"))
                .header("Content-Type", "application/json")
                .POST(
                    BodyPublishers.ofString(
                        "{\"label\":\"" + role + "\",\"role\":\"" + role + "\"}")));
    assertThat(key.statusCode()).as(key.body()).isEqualTo(200);
    return json.readTree(key.body()).path("secret").asText();
  }

  private void write() throws IOException {
    Files.writeString(
        home.resolve("zhiku.yml"),
        "zhiku: {samples: {enabled: false}, embedding: {backend: hashing}}");
    for (int i = 0; i < DOCUMENTS; i++) {
      Path file = home.resolve("knowledge").resolve(path(i));
      Files.createDirectories(file.getParent());
      StringBuilder text = new StringBuilder("# " + name(i) + "\n");
      for (int section = 0; section < SECTIONS; section++) {
        text.append("\n## Section ").append(section).append("\n\n");
        text.append("The word ").append(word(i)).append(" stands here. ").append(words(110));
        text.append(".\n");
      }
      Files.writeString(file, text);
    }
  }

  private String words(int count) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                vocabulary.get(
                    (int) (vocabulary.size() * random.nextDouble() * random.nextDouble())))
        .collect(Collectors.joining(" "));
  }

  private static String path(int number) {
    return folder(number % FOLDERS) + "/" + name(number) + ".md";
  }

  private static String folder(int number) {
    return String.format(Locale.ROOT, "folder%02d", number);
  }

  private static String name(int number) {
    return String.format(Locale.ROOT, "name%05dn", number);
  }

  private static String word(int number) {
    return String.format(Locale.ROOT, "word%05dw", number);
  }

  /** A hundred rules: folders that are allowed, and files in them that are denied. */
  private void rules() throws IOException, InterruptedException {
    List<String> rules = new ArrayList<>();
    for (int i = 0; i < SHOWN_FOLDERS; i++) {
      rules.add("{\"subject\":\"everyone\",\"path\":\"" + folder(i) + "/**\"}");
    }
    for (int i = 0; i < 70; i++) {
      rules.add("{\"subject\":\"everyone\",\"effect\":\"deny\",\"path\":\"" + path(40 * i) + "\"}");
    }
    HttpResponse<String> put =
        send(
            HttpRequest.newBuilder(URI.create(url + "/access/rules"))
                .header("Content-Type", "application/json")
                .PUT(BodyPublishers.ofString("{\"items\":[" + String.join(",", rules) + "]}")));
    assertThat(put.statusCode()).as(put.body()).isEqualTo(200);
  }

  /** Of the same questions, asked in turn by one whom the rules mean and by one who sees all. */
  private double ratio() throws IOException, InterruptedException {
    List<Double> without = new ArrayList<>();
    List<Double> with = new ArrayList<>();
    for (int i = -WARMING; i < QUESTIONS; i++) {
      String question = words(3) + " " + word(random.nextInt(DOCUMENTS));
      boolean first = random.nextBoolean();
      double one = asked(question, first ? key : administrator);
      double other = asked(question, first ? administrator : key);
      if (i >= 0) {
        with.add(first ? one : other);
        without.add(first ? other : one);
      }
    }
    double ratio = median(with) / median(without);
    System.out.printf(
        "/query mode passages, %d questions each in turn: p50 %.1f ms without rules, %.1f ms with"
            + " 100, ratio %.2f%n",
        QUESTIONS, median(without), median(with), ratio);
    return ratio;
  }

  private double asked(String question, String with) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        of("/query", with)
            .header("Content-Type", "application/json")
            .POST(
                BodyPublishers.ofString(
                    "{\"question\":\"" + question + "\",\"mode\":\"passages\"}"));
    long begin = System.nanoTime();
    HttpResponse<String> answer = send(request);
    double millis = (System.nanoTime() - begin) / 1e6;
    assertThat(json.readTree(answer.body()).path("passages").isEmpty()).as(answer.body()).isFalse();
    return millis;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  /** The same request for something hidden and for something that is not there. */
  private record Pair(
      Supplier<HttpRequest.Builder> hidden, Supplier<HttpRequest.Builder> missing) {}

  private List<String> told() throws Exception {
    List<String> ids = new ArrayList<>();
    List<Integer> hidden =
        IntStream.range(0, DOCUMENTS).filter(i -> i % FOLDERS >= SHOWN_FOLDERS).boxed().toList();
    for (int number : hidden) {
      ids.add(get("/documents?path=" + path(number)).at("/items/0/id").asText());
    }
    List<String> told = new ArrayList<>();
    for (Map.Entry<String, Pair> one : pairs(hidden, ids).entrySet()) {
      double deviation = deviation(one.getKey(), one.getValue());
      if (Math.abs(deviation) > MOST_DEVIATION) {
        told.add(one.getKey() + ": " + deviation);
      }
    }
    return told;
  }

  private Map<String, Pair> pairs(List<Integer> hidden, List<String> ids) {
    Map<String, Pair> all = new LinkedHashMap<>();
    for (String part : List.of("", "/passages", "/view", "/content")) {
      all.put(
          "/documents/{id}" + part,
          new Pair(
              () -> of("/documents/" + pick(ids) + part),
              () -> of("/documents/" + DocumentId.random().value() + part)));
    }
    Supplier<Integer> there = () -> pick(hidden);
    Supplier<Integer> nowhere = () -> DOCUMENTS + random.nextInt(90_000);
    all.put("/documents?path", pair("/documents?path=", there, nowhere, RulesFiguresIT::path));
    all.put("/documents?q", pair("/documents?q=", there, nowhere, RulesFiguresIT::name));
    all.put("/search", pair("/search?q=", there, nowhere, RulesFiguresIT::word));
    all.put(
        "/query", new Pair(() -> question(word(there.get())), () -> question(word(nowhere.get()))));
    return all;
  }

  private Pair pair(
      String path, Supplier<Integer> there, Supplier<Integer> nowhere, IntFunction<String> named) {
    return new Pair(
        () -> of(path + named.apply(there.get())), () -> of(path + named.apply(nowhere.get())));
  }

  private HttpRequest.Builder question(String word) {
    return of("/query")
        .header("Content-Type", "application/json")
        .POST(
            BodyPublishers.ofString(
                "{\"question\":\"What is " + word + "?\",\"mode\":\"passages\"}"));
  }

  private HttpRequest.Builder of(String path) {
    return of(path, key);
  }

  private HttpRequest.Builder of(String path, String with) {
    return HttpRequest.newBuilder(URI.create(url + path)).header("Authorization", "Bearer " + with);
  }

  private <T> T pick(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }

  /** By how many standard deviations the ranks of the times differ from what chance gives. */
  private double deviation(String name, Pair pair) throws IOException, InterruptedException {
    double[] hidden = new double[PAIRS];
    double[] missing = new double[PAIRS];
    for (int i = -100; i < PAIRS; i++) {
      boolean first = random.nextBoolean();
      double one = timed(first ? pair.hidden() : pair.missing());
      double other = timed(first ? pair.missing() : pair.hidden());
      if (i >= 0) {
        hidden[i] = first ? one : other;
        missing[i] = first ? other : one;
      }
    }
    double deviation = rankDeviation(hidden, missing);
    Arrays.sort(hidden);
    Arrays.sort(missing);
    System.out.printf(
        "%s, %d each: p50 hidden %.3f ms, missing %.3f ms, %.1f standard deviations%n",
        name, PAIRS, hidden[PAIRS / 2], missing[PAIRS / 2], deviation);
    return deviation;
  }

  private double timed(Supplier<HttpRequest.Builder> request)
      throws IOException, InterruptedException {
    HttpRequest.Builder made = request.get();
    long begin = System.nanoTime();
    send(made);
    return (System.nanoTime() - begin) / 1e6;
  }

  /** Of the rank sum of the first among both, by the test of Mann and Whitney. */
  private static double rankDeviation(double[] one, double[] other) {
    double wins = 0;
    for (double a : one) {
      for (double b : other) {
        wins += a > b ? 1 : a == b ? 0.5 : 0;
      }
    }
    double count = (double) one.length * other.length;
    return (wins - count / 2) / Math.sqrt(count * (one.length + other.length + 1) / 12);
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** As a program of this machine. */
  private JsonNode get(String path) throws IOException, InterruptedException {
    return json.readTree(send(HttpRequest.newBuilder(URI.create(url + path))).body());
  }
}
