package dev.zhiku.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A Markdown file of the repository, as far as its documentation is checked. Immutable. */
record MarkdownFile(Path path, String text) {
  private static final Set<String> NOT_OURS = Set.of(".git", "target", "data", "knowledge");
  private static final Pattern FENCE =
      Pattern.compile("(?m)(?:^<!-- (snippet|output): (\\S+) -->\\n)?^```(\\w*)\\n(?s:(.*?))^```$");
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\[[^\\]\\n]*\\]\\(([^)\\s]+)\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.+)$");
  private static final Pattern DRAWING = Pattern.compile("(?m)(?:^ {4}.*\\S.*\\n){2}");
  private static final Set<String> LANGUAGES_OF_PICTURES = Set.of("mermaid", "text");

  /** Where ideographs and full-width marks begin, which take two columns each. */
  private static final int FIRST_WIDE = 0x2E80;

  /**
   * A fenced block.
   *
   * @param role snippet or output, where a mark before it says so
   * @param language after the fence; may be empty
   */
  record Block(Optional<String> role, String name, String language, String text) {}

  static MarkdownFile read(Path path) {
    try {
      return new MarkdownFile(path, Files.readString(path));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README.md of a module and the pages beside it as one text, for what any of them may say. */
  static MarkdownFile pagesOf(Path module) {
    return new MarkdownFile(
        module.resolve("README.md"),
        allBelow(module).stream().map(MarkdownFile::text).collect(Collectors.joining("\n")));
  }

  /** Every text about the project below its folder; the samples are texts about other things. */
  static List<MarkdownFile> allBelow(Path root) {
    return filesBelow(root).stream()
        .filter(file -> file.toString().endsWith(".md"))
        .filter(file -> !file.startsWith(root.resolve("samples/corpus")))
        .map(MarkdownFile::read)
        .toList();
  }

  /** Every file below a folder that somebody wrote: no builds, no data. */
  static List<Path> filesBelow(Path root) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          root,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
              return NOT_OURS.contains(String.valueOf(folder.getFileName()))
                  ? FileVisitResult.SKIP_SUBTREE
                  : FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  /** Fenced blocks in order. */
  List<Block> blocks() {
    return FENCE.matcher(text).results().map(MarkdownFile::block).toList();
  }

  private static Block block(MatchResult found) {
    String name = found.group(2);
    return new Block(
        Optional.ofNullable(found.group(1)),
        name == null ? "" : name,
        found.group(3),
        found.group(4));
  }

  /** Words in code type outside fenced blocks. */
  Stream<String> codeSpans() {
    return SPAN.matcher(prose()).results().map(span -> span.group(1));
  }

  /** Targets of links, those to other hosts included. */
  Stream<String> links() {
    return LINK.matcher(prose()).results().map(link -> link.group(1));
  }

  /** Names by which a link can lead to a heading. */
  Set<String> anchors() {
    return HEADING
        .matcher(prose())
        .results()
        .map(heading -> anchor(heading.group(1)))
        .collect(Collectors.toSet());
  }

  /** Headings of one level, in order, without their marks. */
  List<String> headings(int level) {
    Pattern heading = Pattern.compile("(?m)^#{" + level + "} (.+)$");
    return heading.matcher(prose()).results().map(found -> found.group(1).strip()).toList();
  }

  /** Whether a diagram or a drawing stands above the first section. */
  boolean opensWithPicture() {
    String opening = text.split("(?m)^## ", 2)[0];
    return DRAWING.matcher(FENCE.matcher(opening).replaceAll("")).find()
        || new MarkdownFile(path, opening)
            .blocks().stream().anyMatch(block -> LANGUAGES_OF_PICTURES.contains(block.language()));
  }

  /** Lines that take more columns than this, outside code and tables. */
  List<String> linesBeyond(int columns) {
    return prose()
        .lines()
        .filter(line -> !line.strip().startsWith("|") && !line.startsWith("    "))
        .filter(line -> columns(line) > columns)
        .toList();
  }

  private static int columns(String line) {
    return line.codePoints().map(c -> c < FIRST_WIDE ? 1 : 2).sum();
  }

  private static String anchor(String heading) {
    return heading
        .strip()
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^\\p{L}\\p{N} _-]", "")
        .replace(' ', '-');
  }

  private String prose() {
    return FENCE.matcher(text).replaceAll("");
  }
}
