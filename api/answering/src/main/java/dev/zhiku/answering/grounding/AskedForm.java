package dev.zhiku.answering.grounding;

import dev.zhiku.answering.question.QuestionWords;
import dev.zhiku.index.words.SearchText;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The form of what a question asks for, such as a sum, a date or a place, and whether a text holds
 * one: a text without any is no answer, whatever it is about. What tells a form is in one file a
 * language. Pure.
 */
public final class AskedForm {
  private static final List<String> FILES = List.of("forms_zh.txt", "forms_en.txt");
  private static final String ASKS = "asks ";
  private static final String HAS = "has ";
  private static final String FAVOURS = "favours";
  private static final String PERSON = "person";

  /** A figure behind the name of what is asked for, as in the row of a table. */
  private static final Pattern FIGURE = Pattern.compile("\\d|[零一二三四五六七八九十百千万两半]");

  /** The unit that is asked for, as in 多少公里: it stands behind the answer's number too. */
  private static final Pattern UNIT = Pattern.compile("(?:多少|几)\\p{IsHan}{1,2}");

  private static final List<AskedForm> FORMS = forms();

  private final List<Pattern> asks = new ArrayList<>();
  private final List<Pattern> has = new ArrayList<>();
  private final String name;
  private boolean favours;

  private AskedForm(String name) {
    this.name = name;
  }

  /** The name of the form in the files of forms, such as {@code money} or {@code year}. */
  String name() {
    return name;
  }

  /** Whether a text has it without fail: a bare name looks like any other word. */
  public boolean isSeen() {
    return !name.equals(PERSON);
  }

  /**
   * @param line its name in brackets
   */
  private static AskedForm named(String line) {
    return new AskedForm(line.substring(1, line.length() - 1));
  }

  /** The form that a question asks for, if it asks for one. */
  public static Optional<AskedForm> of(String question) {
    String normalized = SearchText.normalize(question);
    return FORMS.stream().filter(form -> !form.favours && anyIn(normalized, form.asks)).findFirst();
  }

  /**
   * Whether a text has a form that answers questions such as this one often have and need not have:
   * a rule, where a permission is asked for.
   */
  static boolean favours(String text, String question) {
    String asked = SearchText.normalize(question);
    String said = SearchText.normalize(text);
    return FORMS.stream()
        .anyMatch(form -> form.favours && anyIn(asked, form.asks) && anyIn(said, form.has));
  }

  /**
   * Whether a text holds something of this form that the question does not say itself, or a figure
   * under the name of what is asked.
   */
  public boolean isIn(String text, String question) {
    String normalized = SearchText.normalize(text);
    String news = withoutWordsOf(question, normalized);
    return anyIn(news, has) || (FIGURE.matcher(news).find() && anyIn(normalized, asks));
  }

  private static String withoutWordsOf(String question, String text) {
    String words =
        QuestionWords.of(UNIT.matcher(question).replaceAll(" ")).stream()
            .filter(word -> word.length() > 1)
            .map(word -> "(?<![a-z0-9])" + Pattern.quote(word) + "(?![a-z0-9])")
            .collect(Collectors.joining("|"));
    return words.isEmpty() ? text : Pattern.compile(words).matcher(text).replaceAll(" ");
  }

  private static boolean anyIn(String text, List<Pattern> patterns) {
    return patterns.stream().anyMatch(pattern -> pattern.matcher(text).find());
  }

  private static List<AskedForm> forms() {
    Map<String, AskedForm> forms = new LinkedHashMap<>();
    for (String file : FILES) {
      AskedForm form = new AskedForm("");
      for (String line : lines(file)) {
        if (line.startsWith("[")) {
          form = forms.computeIfAbsent(line, AskedForm::named);
        } else if (line.equals(FAVOURS)) {
          form.favours = true;
        } else if (line.startsWith(ASKS)) {
          form.asks.add(Pattern.compile(line.substring(ASKS.length())));
        } else if (line.startsWith(HAS)) {
          form.has.add(Pattern.compile(line.substring(HAS.length())));
        }
      }
    }
    return List.copyOf(forms.values());
  }

  /** The lines of a file beside this class that are neither blank nor remarks. */
  private static List<String> lines(String file) {
    try (InputStream stream =
            Objects.requireNonNull(AskedForm.class.getResourceAsStream(file), file);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      return reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
