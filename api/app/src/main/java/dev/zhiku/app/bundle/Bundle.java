package dev.zhiku.app.bundle;

import dev.zhiku.app.doctor.AppText;
import dev.zhiku.index.message.Phrase;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A folder to carry to a machine without a network: files as they are, their SHA-256 in {@code
 * SHA256SUMS}, and how each is put in place in {@code README.txt}. Nothing is downloaded for it.
 * Used by one thread.
 */
public final class Bundle {
  private static final String SUMS = "SHA256SUMS";
  private static final String README = "README.txt";

  private final Path folder;
  private final Map<String, String> sums = new TreeMap<>();
  private long bytes;

  private Bundle(Path folder) {
    this.folder = folder;
  }

  /**
   * Begins one.
   *
   * @param folder made if need be
   * @throws FileAlreadyExistsException if something is in it
   */
  public static Bundle begin(Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> there = Files.list(folder)) {
      if (there.findAny().isPresent()) {
        throw new FileAlreadyExistsException(folder.toString());
      }
    }
    return new Bundle(folder);
  }

  /** Bytes that were put in so far. */
  public long bytes() {
    return bytes;
  }

  /** Names of the files so far, with slashes. */
  public List<String> names() {
    return List.copyOf(sums.keySet());
  }

  /**
   * Copies a file.
   *
   * @param name in the bundle, with slashes
   * @return its SHA-256
   */
  public String copy(Path file, String name) throws IOException {
    Path target = target(name);
    MessageDigest digest = sha256();
    try (InputStream in = Files.newInputStream(file);
        OutputStream out = new DigestOutputStream(Files.newOutputStream(target), digest)) {
      bytes += in.transferTo(out);
    }
    if (Files.isExecutable(file)) {
      executable(target);
    }
    return noted(name, digest);
  }

  /** Copies all that is in a folder; links are followed, for what they lead to is not carried. */
  public void copyAll(Path from, String name) throws IOException {
    try (Stream<Path> files = Files.walk(from, FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        copy(file, name + "/" + from.relativize(file).toString().replace('\\', '/'));
      }
    }
  }

  /** Writes a text, perhaps a script. */
  public void write(String name, String text, boolean executable) throws IOException {
    Path target = target(name);
    Files.writeString(target, text);
    if (executable) {
      executable(target);
    }
    MessageDigest digest = sha256();
    digest.update(Files.readAllBytes(target));
    bytes += Files.size(target);
    noted(name, digest);
  }

  private String noted(String name, MessageDigest digest) {
    String sum = HexFormat.of().formatHex(digest.digest());
    sums.put(name, sum);
    return sum;
  }

  private Path target(String name) throws IOException {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder.normalize())) {
      throw new IOException(name + " leads out of the bundle");
    }
    Path parent = target.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    return target;
  }

  private static void executable(Path file) {
    // Where there are no such permissions, as on a stick for Windows, nothing is to be done.
    file.toFile().setExecutable(true, false);
  }

  /**
   * Ends it: what each part is for, in three languages, and the sums of all.
   *
   * @param parts that are in it
   */
  public void end(List<BundlePart> parts) throws IOException {
    StringBuilder text = new StringBuilder();
    for (Function<Phrase, String> language :
        List.<Function<Phrase, String>>of(Phrase::english, Phrase::chinese, Phrase::traditional)) {
      text.append(language.apply(AppText.of("bundle.begin", SUMS))).append("\n\n");
      for (BundlePart part : parts) {
        text.append("- ").append(language.apply(part.place())).append('\n');
      }
      text.append('\n');
    }
    write(README, text.toString(), false);
    StringBuilder lines = new StringBuilder();
    sums.forEach((name, sum) -> lines.append(sum).append("  ").append(name).append('\n'));
    Path draft = folder.resolve(SUMS + ".new");
    Files.writeString(draft, lines);
    Files.move(draft, folder.resolve(SUMS), StandardCopyOption.ATOMIC_MOVE);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
