package dev.zhiku.generators.llamacpp;

import dev.zhiku.answering.chat.ChatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.Objects;

/**
 * A model's file as it was looked at: equal as long as nobody exchanged or changed it. A file that
 * is not there is looked at too.
 *
 * @param bytes -1 if it is not there
 * @param key which file it is, where the system says it; else empty
 */
public record ModelFile(Path path, long bytes, FileTime modified, String key) {
  public static ModelFile look(Path path) {
    try {
      BasicFileAttributes now = Files.readAttributes(path, BasicFileAttributes.class);
      return new ModelFile(
          path,
          now.isRegularFile() ? now.size() : -1,
          now.lastModifiedTime(),
          Objects.toString(now.fileKey(), ""));
    } catch (IOException e) {
      return new ModelFile(path, -1, FileTime.fromMillis(0), "");
    }
  }

  /**
   * What its head says.
   *
   * @throws ChatException with what helps, if it is no model that can be loaded
   */
  public GgufFile head() {
    if (bytes < 0) {
      throw ModelTrouble.missing(path);
    }
    try {
      return GgufFile.read(path);
    } catch (GgufFile.Malformed e) {
      throw ModelTrouble.malformed(path, e);
    } catch (NoSuchFileException e) {
      throw ModelTrouble.missing(path);
    } catch (IOException e) {
      throw ModelTrouble.notReadable(path, e);
    }
  }
}
