package dev.zhiku.ingest.extract;

/** Comments in documents, marked as such so that nobody takes them for the document's own words. */
public final class CommentText {
  /** Heading under which comments without a place of their own are cited. */
  public static final String HEADING = "Comments 批注";

  private CommentText() {}

  /**
   * The comment with its mark, in the language it is written in.
   *
   * @param author blank where unknown
   */
  public static String of(String author, String comment) {
    boolean chinese =
        comment
            .codePoints()
            .anyMatch(c -> Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN);
    String name = CleanText.line(author);
    if (chinese) {
      return "批注" + (name.isBlank() ? "" : "（" + name + "）") + "：" + comment;
    }
    return "Comment" + (name.isBlank() ? "" : " (" + name + ")") + ": " + comment;
  }
}
