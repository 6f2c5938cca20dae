package dev.zhiku.generators.library;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Where models of the catalogue can be fetched from. */
public enum Hub {
  /** Says size and SHA-256 in headers of the file itself: {@code x-linked-size, x-linked-etag}. */
  HUGGINGFACE("https://huggingface.co"),
  /** Says them in a list of the files of a repository. */
  MODELSCOPE("https://modelscope.cn");

  private final URI home;

  Hub(String home) {
    this.home = URI.create(home);
  }

  /** Its address, without a path. */
  public URI home() {
    return home;
  }

  /** Where a file of a repository is. */
  URI file(URI base, String repository, String file) {
    return switch (this) {
      case HUGGINGFACE -> URI.create(base + "/" + repository + "/resolve/main/" + file);
      case MODELSCOPE ->
          URI.create(
              base
                  + "/api/v1/models/"
                  + repository
                  + "/repo?Revision=master&FilePath="
                  + URLEncoder.encode(file, StandardCharsets.UTF_8));
    };
  }

  /** Where ModelScope lists the files of a repository. */
  static URI list(URI base, String repository) {
    return URI.create(
        base + "/api/v1/models/" + repository + "/repo/files?Revision=master&Recursive=true");
  }

  /** As it is typed and shown in messages. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
