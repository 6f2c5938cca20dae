package dev.zhiku.server.backup;

import dev.zhiku.server.backup.BackupRefused.Rule;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The file of a backup: a zip whose first entry says what it is, whose last one is the manifest,
 * and whose comment is the SHA-256 of every byte before it; encrypted as a whole if there is a
 * passphrase.
 *
 * @param passphrase empty for a file that is not encrypted
 * @param version of Zhiku that reads it
 */
public record BackupArchive(Path file, Optional<String> passphrase, String version) {
  /** Raised whenever an older version could not restore what a newer one wrote. */
  static final int FORMAT = 1;

  private static final String FIRST = "zhiku-backup";
  private static final String LAST = "manifest.json";
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final int MOST_MANIFEST_BYTES = 64 << 20;
  private static final int MOST_FORMAT_BYTES = 100;
  private static final int BUFFER_BYTES = 1 << 16;

  /** Where the content of a part goes. */
  private interface Place {
    OutputStream open(String name) throws IOException;
  }

  /**
   * Writes the file; one that could not be finished is to be deleted.
   *
   * @param out a new file
   */
  public Manifest write(
      OutputStream out, Instant madeAt, Map<String, Long> epochs, List<BackupPart> parts)
      throws IOException {
    OutputStream outer = new BufferedOutputStream(out, BUFFER_BYTES);
    OutputStream whole =
        passphrase.isPresent() ? Encryption.to(outer, passphrase.get().toCharArray()) : outer;
    List<Manifest.Entry> entries = new ArrayList<>();
    Manifest manifest;
    try (ZipOutputStream zip = new ZipOutputStream(new SealedOutput(whole))) {
      zip.setLevel(Deflater.BEST_SPEED);
      zip.setComment("0".repeat(SealedOutput.SEAL));
      zip.putNextEntry(new ZipEntry(FIRST));
      zip.write((FORMAT + "\n").getBytes(StandardCharsets.US_ASCII));
      for (BackupPart part : parts) {
        entries.add(write(zip, part));
      }
      manifest = new Manifest(version, madeAt, epochs, entries);
      zip.putNextEntry(new ZipEntry(LAST));
      zip.write(manifest.toJson());
    }
    return manifest;
  }

  private static Manifest.Entry write(ZipOutputStream zip, BackupPart part) throws IOException {
    MessageDigest digest = Sha256.begin();
    zip.putNextEntry(new ZipEntry(part.name()));
    try (InputStream in = part.source().open()) {
      long bytes = in.transferTo(new DigestOutputStream(zip, digest));
      return new Manifest.Entry(part.name(), bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  /**
   * Reads the whole file and compares it with what it says of itself.
   *
   * @throws BackupRefused if it is anything but a whole backup that this version can restore
   */
  public Manifest verify() throws IOException {
    requireReadable();
    requireSeal();
    return unpack(name -> OutputStream.nullOutputStream());
  }

  /**
   * Writes every part below a folder; to be called after {@link #verify}.
   *
   * @param folder empty, and nobody else's
   * @throws BackupRefused if it is anything but a whole backup that this version can restore
   */
  public Manifest extract(Path folder) throws IOException {
    return unpack(
        name -> {
          Path target = folder.resolve(name);
          Files.createDirectories(Objects.requireNonNull(target.getParent()));
          return new BufferedOutputStream(Files.newOutputStream(target), BUFFER_BYTES);
        });
  }

  private InputStream open() throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
    try {
      in.mark(ZIP.length + Encryption.MAGIC.length);
      byte[] beginning = in.readNBytes(Encryption.MAGIC.length);
      in.reset();
      if (Arrays.equals(beginning, Encryption.MAGIC)) {
        String words = passphrase.orElseThrow(BackupArchive::passphraseMissing);
        return Encryption.from(in, words.toCharArray());
      }
      if (!Arrays.equals(
          beginning, 0, Math.min(ZIP.length, beginning.length), ZIP, 0, ZIP.length)) {
        throw foreign();
      }
      return in;
    } catch (IOException | RuntimeException e) {
      in.close();
      throw e;
    }
  }

  private static BackupRefused passphraseMissing() {
    return new BackupRefused(
        Rule.BACKUP_PASSPHRASE,
        "The backup is encrypted.",
        "Give the passphrase it was made with: --passphrase-file FILE.");
  }

  private static BackupRefused foreign() {
    return new BackupRefused(
        Rule.BACKUP_FOREIGN,
        "The file is no backup of Zhiku, or its beginning is damaged.",
        "Name a file that ./zhiku backup made.");
  }

  static BackupRefused newer(String why) {
    return new BackupRefused(
        Rule.BACKUP_NEWER,
        "A newer version of Zhiku made this backup: " + why + ".",
        "Restore it with that version or a later one.");
  }

  /** What the first entry says comes before everything else: newer ones may look different. */
  private void requireReadable() throws IOException {
    try (ZipInputStream zip = new ZipInputStream(open())) {
      ZipEntry first = zip.getNextEntry();
      if (first == null || !first.getName().equals(FIRST)) {
        throw foreign();
      }
      String said =
          new String(zip.readNBytes(MOST_FORMAT_BYTES), StandardCharsets.US_ASCII).strip();
      int format = Integer.parseInt(said);
      if (format > FORMAT) {
        throw newer("its format is " + format);
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw BackupRefused.damaged("its beginning cannot be read");
    }
  }

  private void requireSeal() throws IOException {
    MessageDigest digest = Sha256.begin();
    byte[] tail = new byte[0];
    try (InputStream in = open()) {
      for (byte[] piece = in.readNBytes(BUFFER_BYTES);
          piece.length > 0;
          piece = in.readNBytes(BUFFER_BYTES)) {
        byte[] all = Arrays.copyOf(tail, tail.length + piece.length);
        System.arraycopy(piece, 0, all, tail.length, piece.length);
        int surplus = Math.max(0, all.length - SealedOutput.SEAL);
        digest.update(all, 0, surplus);
        tail = Arrays.copyOfRange(all, surplus, all.length);
      }
    }
    byte[] expected = HexFormat.of().formatHex(digest.digest()).getBytes(StandardCharsets.US_ASCII);
    if (!MessageDigest.isEqual(expected, tail)) {
      throw BackupRefused.damaged("it was changed, or is not whole");
    }
  }

  private Manifest unpack(Place place) throws IOException {
    List<Manifest.Entry> found = new ArrayList<>();
    Set<String> names = new HashSet<>();
    try (ZipInputStream zip = new ZipInputStream(open())) {
      zip.getNextEntry();
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName();
        if (name.equals(LAST)) {
          return compared(Manifest.read(zip.readNBytes(MOST_MANIFEST_BYTES)), found);
        }
        if (!BackupPart.isSafe(name) || !names.add(name.toLowerCase(Locale.ROOT))) {
          throw unsafe();
        }
        found.add(read(zip, name, place));
      }
    } catch (ZipException | EOFException | IllegalArgumentException e) {
      throw BackupRefused.damaged("it cannot be unpacked");
    }
    throw BackupRefused.damaged("its manifest is missing");
  }

  private static BackupRefused unsafe() {
    return new BackupRefused(
        Rule.BACKUP_UNSAFE,
        "The file holds an entry whose name leads out of the data folder, or is there twice.",
        "Zhiku makes no such file: do not use it, and find out where it comes from.");
  }

  private static Manifest.Entry read(ZipInputStream zip, String name, Place place)
      throws IOException {
    MessageDigest digest = Sha256.begin();
    try (OutputStream out = place.open(name)) {
      long bytes = zip.transferTo(new DigestOutputStream(out, digest));
      return new Manifest.Entry(name, bytes, HexFormat.of().formatHex(digest.digest()));
    }
  }

  private Manifest compared(Manifest manifest, List<Manifest.Entry> found) {
    if (isLater(manifest.version(), version)) {
      throw newer("it is of version " + manifest.version() + ", this is " + version);
    }
    if (!manifest.parts().equals(found)) {
      throw BackupRefused.damaged("its parts are not those that its manifest names");
    }
    return manifest;
  }

  /** Compares the numbers of two versions one after another. */
  private static boolean isLater(String one, String other) {
    try {
      return Runtime.Version.parse(numbers(one)).compareTo(Runtime.Version.parse(numbers(other)))
          > 0;
    } catch (IllegalArgumentException e) {
      throw BackupRefused.damaged("its version cannot be read");
    }
  }

  /** Java's form of a version begins with no zero. */
  private static String numbers(String version) {
    return "1." + version.replaceFirst("-.*", "") + ".1";
  }
}
