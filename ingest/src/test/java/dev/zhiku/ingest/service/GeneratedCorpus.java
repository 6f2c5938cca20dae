package dev.zhiku.ingest.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;

/**
 * Markdown and plain text files, half Chinese, half English, whose sections fill a passage each.
 * Every sentence has numbers of its own, so that no vector is known before. Not thread-safe.
 */
final class GeneratedCorpus {
  private static final int SECTIONS = 12;
  private static final int ENGLISH_CHARS = 1_000;
  private static final int CHINESE_CHARS = 330;
  private static final List<String> SUBJECTS =
      List.of("The pump", "Our branch", "The night shift", "Each contract", "The laboratory");
  private static final List<String> VERBS =
      List.of("reported", "checked", "replaced", "ordered", "archived");
  private static final List<String> ENDS =
      List.of(
          "according to the procedure that was agreed with the supplier in spring.",
          "because the inspection of last year had found wear on both bearings.",
          "and informed the head of the department before the end of the day.");
  private static final List<String> CHINESE_SUBJECTS =
      List.of("本部门", "质量小组", "夜班护士", "信贷窗口", "设备管理员");
  private static final List<String> CHINESE_VERBS = List.of("检查了", "更换了", "登记了", "归档了", "审核了");
  private static final List<String> CHINESE_ENDS =
      List.of("的物品，并通知了相关负责人。", "的设备，因为去年的检验发现了磨损。", "的合同，并在当天下班以前报告了主任。");

  private final Random random;

  GeneratedCorpus(long seed) {
    this.random = new Random(seed);
  }

  /** Writes so many files, last modified long enough ago to be read at once. */
  void write(Path folder, int files) throws IOException {
    Files.createDirectories(folder);
    FileTime before = FileTime.from(Instant.now().minus(Duration.ofHours(1)));
    for (int file = 0; file < files; file++) {
      boolean markdown = file / 2 % 2 == 0;
      Path path = folder.resolve("record-" + file + (markdown ? ".md" : ".txt"));
      Files.writeString(path, document(file % 2 == 0, markdown));
      Files.setLastModifiedTime(path, before);
    }
  }

  private String document(boolean english, boolean markdown) {
    StringBuilder text = new StringBuilder();
    for (int section = 1; section <= SECTIONS; section++) {
      text.append(markdown ? "## " : "").append("Record ").append(random.nextInt(1_000_000));
      text.append("\n\n").append(section(english)).append("\n\n");
    }
    return text.toString();
  }

  /** Two paragraphs that together fill one passage. */
  String section(boolean english) {
    int chars = english ? ENGLISH_CHARS : CHINESE_CHARS;
    return paragraph(english, chars / 2) + "\n\n" + paragraph(english, chars / 2);
  }

  /** A third of a passage. */
  String paragraph(boolean english) {
    return paragraph(english, (english ? ENGLISH_CHARS : CHINESE_CHARS) / 3);
  }

  private String paragraph(boolean english, int chars) {
    StringBuilder text = new StringBuilder();
    while (text.length() < chars) {
      text.append(sentence(english));
    }
    return text.toString();
  }

  private String sentence(boolean english) {
    int number = random.nextInt(1_000_000);
    return english
        ? any(SUBJECTS) + " " + any(VERBS) + " item " + number + " " + any(ENDS) + " "
        : any(CHINESE_SUBJECTS)
            + "按照年初商定的流程"
            + any(CHINESE_VERBS)
            + "编号为 "
            + number
            + any(CHINESE_ENDS);
  }

  private String any(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
