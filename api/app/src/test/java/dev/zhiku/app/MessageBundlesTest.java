package dev.zhiku.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.ibm.icu.text.MessagePattern;
import dev.zhiku.answering.answer.FailureCode;
import dev.zhiku.answering.answer.WarningCode;
import dev.zhiku.answering.problem.ProblemCode;
import dev.zhiku.answering.question.SmallTalk;
import dev.zhiku.app.testing.ServiceProcess;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sentences for people stand in bundles, whole in every language; code holds none of them. */
class MessageBundlesTest {
  private static final Path ROOT = ServiceProcess.repository();
  private static final String MAIN = "src/main/java";
  private static final List<String> LANGUAGES = List.of("", "_zh", "_zh_Hant");
  private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\\\n]|\\\\.)*)\"");
  private static final Pattern TOKEN =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.)*\"|'(?:[^'\\\\]|\\\\.)'|(?s:/\\*.*?\\*/)|//[^\\n]*");
  private static final Pattern IDEOGRAPH = Pattern.compile("\\p{IsHan}");
  private static final Pattern TEXT_OF = Pattern.compile("Text\\s*\\.of\\(\\s*\"([^\"]+)\"");
  private static final Pattern SIMPLIFIED_ALONE = Pattern.compile("[们个这请没无务数读写设样错过时]");

  /** Codes whose keys are their names on the wire. */
  private static final Set<String> CODES =
      Stream.of(
              Arrays.stream(WarningCode.values()).map(WarningCode::wireName),
              Arrays.stream(FailureCode.values()).map(FailureCode::wireName),
              Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName),
              Arrays.stream(ReasonCode.values()).map(ReasonCode::wireName),
              Arrays.stream(SmallTalk.values())
                  .map(said -> "reply." + said.name().toLowerCase(Locale.ROOT)))
          .flatMap(codes -> codes)
          .collect(Collectors.toSet());

  /**
   * Code that reads Chinese or writes it into documents, and tells nobody anything: words of
   * questions and of refusals, numerals, marks of sentences and headings, formats of dates, labels
   * of the fields of cards. What a person reads is none of it.
   */
  private static final Set<String> READS_CHINESE =
      Set.of(
          "AbsentCode",
          "AnswerCue",
          "ArticleNumbers",
          "AskedForm",
          "AskedPage",
          "BlockKinds",
          "ChineseNumber",
          "ChineseNumerals",
          "CitationCheck",
          "ClientTask",
          "Columns",
          "CommentText",
          "Contact",
          "Contradiction",
          "CountedThings",
          "PlainFigures",
          "DateText",
          "Editions",
          "DocMargins",
          "DocText",
          "Enumeration",
          "Event",
          "Facts",
          "FollowUp",
          "FollowUpWriter",
          "FormNearby",
          "Headings",
          "Introductions",
          "LexiconWord",
          "MailQuotes",
          "MarginText",
          "MeantColumns",
          "NumberFormats",
          "NumberText",
          "OdfLists",
          "PdfText",
          "PlainTask",
          "Polarity",
          "PromptEcho",
          "QuestionWords",
          "QuotableSentences",
          "RefusalDetector",
          "Restatement",
          "RivalFigures",
          "RowKeys",
          "RunningLines",
          "SentenceRanking",
          "StopWords",
          "StruckText",
          "Substitution",
          "TableShape",
          "TimeSpans",
          "TrialIngest",
          "UnitKind",
          "WholeDocument",
          "WordMargins",
          "WordNotes");

  static List<Path> bundles() {
    return files(path -> path.toString().endsWith("_zh.properties"));
  }

  @Test
  void there_are_bundles_of_every_module_that_speaks() {
    assertThat(bundles().stream().map(b -> ROOT.relativize(b).getName(0).toString()))
        .contains("index", "ingest", "api")
        .hasSizeGreaterThanOrEqualTo(9);
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void every_key_is_in_each_language_with_the_same_arguments(Path chinese) {
    Map<String, Set<String>> english = arguments(in(chinese, ""));

    for (String language : LANGUAGES) {
      assertThat(arguments(in(chinese, language))).as(language).isEqualTo(english);
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void no_key_is_unused_and_none_is_missing(Path chinese) {
    Set<String> literals = new TreeSet<>();
    Set<String> asked = new TreeSet<>();
    for (Path source : sourcesBeside(chinese)) {
      String code = code(source);
      LITERAL.matcher(code).results().forEach(found -> literals.add(found.group(1)));
      TEXT_OF.matcher(code).results().forEach(found -> asked.add(found.group(1)));
    }

    assertThat(in(chinese, "").stringPropertyNames())
        .allMatch(key -> literals.contains(key) || isOfCode(key));
    if (chinese.endsWith("messages_zh.properties") && !asked.isEmpty()) {
      assertThat(in(chinese, "").stringPropertyNames()).containsAll(asked);
    }
  }

  @ParameterizedTest
  @MethodSource("bundles")
  void traditional_texts_hold_no_simplified_characters(Path chinese) {
    assertThat(in(chinese, "_zh_Hant").values())
        .noneMatch(text -> SIMPLIFIED_ALONE.matcher(text.toString()).find());
  }

  @Test
  void no_code_but_what_reads_chinese_holds_ideographs() {
    Set<String> holding = new TreeSet<>();
    for (Path source : files(path -> path.toString().endsWith(".java"))) {
      String path = ROOT.relativize(source).toString();
      boolean main = path.contains(MAIN) && !path.startsWith("samples");
      if (main && LITERAL.matcher(code(source)).results().anyMatch(f -> isChinese(f.group(1)))) {
        holding.add(source.getFileName().toString().replace(".java", ""));
      }
    }

    assertThat(holding)
        .as("what is listed still holds some")
        .containsExactlyInAnyOrderElementsOf(READS_CHINESE);
  }

  private static boolean isChinese(String literal) {
    return IDEOGRAPH.matcher(literal).find();
  }

  /** Such as {@code chat.model-failed.remedy}. */
  private static boolean isOfCode(String key) {
    String name = key.replaceFirst("^(chat|broken)\\.", "");
    return CODES.contains(name.replaceFirst("\\.(title|detail|remedy)$", ""));
  }

  private static Properties in(Path chinese, String language) {
    String name = chinese.getFileName().toString().replace("_zh.", language + ".");
    Properties messages = new Properties();
    try (Reader reader = Files.newBufferedReader(chinese.resolveSibling(name))) {
      messages.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return messages;
  }

  private static Map<String, Set<String>> arguments(Properties messages) {
    Map<String, Set<String>> arguments = new TreeMap<>();
    for (String key : messages.stringPropertyNames()) {
      MessagePattern pattern = new MessagePattern(messages.getProperty(key));
      Set<String> places = new TreeSet<>();
      for (int i = 0; i < pattern.countParts(); i++) {
        MessagePattern.Part part = pattern.getPart(i);
        if (part.getType() == MessagePattern.Part.Type.ARG_NUMBER
            || part.getType() == MessagePattern.Part.Type.ARG_NAME) {
          places.add(pattern.getSubstring(part));
        }
      }
      arguments.put(key, places);
    }
    return arguments;
  }

  private static List<Path> sourcesBeside(Path bundle) {
    String module = bundle.toString();
    Path java = Path.of(module.substring(0, module.indexOf("src/main/resources")), MAIN);
    return files(path -> path.startsWith(java) && path.toString().endsWith(".java"));
  }

  /** A source without its comments and single characters. */
  private static String code(Path source) {
    try {
      return TOKEN
          .matcher(Files.readString(source))
          .replaceAll(
              token ->
                  token.group().startsWith("\"") ? Matcher.quoteReplacement(token.group()) : " ");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Path> files(Predicate<Path> wanted) {
    return MarkdownFile.filesBelow(ROOT).stream()
        .filter(path -> path.toString().contains("src/main/"))
        .filter(wanted)
        .toList();
  }
}
