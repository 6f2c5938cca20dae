package dev.zhiku.server.access;

import dev.zhiku.index.file.DurableFile;
import dev.zhiku.server.identity.AccessKey;
import dev.zhiku.server.identity.Role;
import dev.zhiku.server.identity.SharedKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The reader's and the administrator's key, from {@code access.key}: lines {@code reader kb_…} and
 * {@code admin kb_…}. Immutable.
 */
public final class AccessKeys implements SharedKeys {
  /** Name of the file in the data folder. */
  public static final String FILE_NAME = "access.key";

  private static final int MAX_FILE_BYTES = 4_096;
  private static final Set<Role> ROLES = EnumSet.of(Role.READER, Role.ADMIN);

  private final Map<Role, AccessKey> keys;

  private AccessKeys(Map<Role, AccessKey> keys) {
    this.keys = keys;
  }

  /**
   * Reads the file; empty if there is none.
   *
   * @throws IllegalStateException if others may read the file, or if it is not two lines with a key
   *     each; the message names the file and never a key
   */
  public static Optional<AccessKeys> find(Path file) {
    try {
      OwnerOnly.check(file);
      if (Files.size(file) > MAX_FILE_BYTES) {
        throw new IllegalStateException(file + " is no key file: it is over 4,096 bytes long.");
      }
      return Optional.of(parse(file, Files.readAllLines(file, StandardCharsets.UTF_8)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be read.", e);
    }
  }

  /**
   * Makes two new keys and writes them to a new file that only its owner may read.
   *
   * @throws UncheckedIOException if the file exists or cannot be written
   */
  public static AccessKeys create(Path file) {
    AccessKeys made =
        new AccessKeys(
            new EnumMap<>(Map.of(Role.READER, AccessKey.random(), Role.ADMIN, AccessKey.random())));
    try {
      DurableFile.create(file, made.lines());
      return made;
    } catch (IOException e) {
      throw new UncheckedIOException("The key file " + file + " cannot be written.", e);
    }
  }

  @Override
  public Optional<Role> role(String presented) {
    if (!AccessKey.isWellFormed(presented)) {
      return Optional.empty();
    }
    Optional<Role> found = Optional.empty();
    for (Map.Entry<Role, AccessKey> key : keys.entrySet()) {
      if (key.getValue().opens(presented)) {
        found = Optional.of(key.getKey());
      }
    }
    return found;
  }

  @Override
  public boolean hasSecret(String id) {
    return keys.values().stream().anyMatch(key -> AccessKey.publicPart(key.text()).equals(id));
  }

  /** The key itself, to be shown to the person at the console. */
  public String text(Role role) {
    return key(role).text();
  }

  private AccessKey key(Role role) {
    AccessKey key = keys.get(role);
    if (key == null) {
      throw new IllegalStateException("there is no key for " + role);
    }
    return key;
  }

  private String lines() {
    return "# Whoever has one of these keys may use the service. Keep this file to yourself.\n"
        + "reader "
        + text(Role.READER)
        + "\nadmin "
        + text(Role.ADMIN)
        + "\n";
  }

  private static AccessKeys parse(Path file, List<String> lines) {
    Map<Role, AccessKey> keys = new EnumMap<>(Role.class);
    for (String line : lines) {
      if (!line.isBlank() && !line.startsWith("#")) {
        parse(file, line, keys);
      }
    }
    if (keys.size() != ROLES.size()) {
      throw new IllegalStateException(
          file + " needs a line \"reader kb_…\" and a line \"admin kb_…\".");
    }
    return new AccessKeys(keys);
  }

  private static void parse(Path file, String line, Map<Role, AccessKey> keys) {
    String[] words = line.strip().split("\\s+", -1);
    try {
      Role role = Role.valueOf(words[0].toUpperCase(Locale.ROOT));
      if (words.length != 2
          || !ROLES.contains(role)
          || keys.put(role, AccessKey.parse(words[1])) != null) {
        throw new IllegalArgumentException("Each role has one line with one key.");
      }
    } catch (IllegalArgumentException e) {
      throw new IllegalStateException(
          file + " has a line that is not \"reader kb_…\" or \"admin kb_…\", each once.");
    }
  }
}
