package dev.zhiku.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.zhiku.server.backup.BackupRefused.Rule;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupArchiveIT {
  private static final Instant MADE = Instant.parse("2026-01-02T03:04:05Z");
  private static final int MUTATIONS = 60;
  private static final int ALL_MUTATIONS = 200;
  private static final int ENCRYPTED_MUTATIONS = 5;

  @TempDir private Path home;
  private Path data;
  private final byte[] segment = new byte[200_000];

  @BeforeEach
  void make_a_data_folder() throws IOException {
    new Random(7).nextBytes(segment);
    data = Files.createDirectories(home.resolve("data"));
    Files.writeString(data.resolve("words.txt"), "pump = Pumpe\n");
  }

  private BackupArchive archive(String name, String... passphrase) {
    return new BackupArchive(home.resolve(name), Arrays.stream(passphrase).findFirst(), "0.1.0");
  }

  private BackupArchive written(String name, String... passphrase) throws IOException {
    BackupArchive archive = archive(name, passphrase);
    Manifest manifest =
        archive.write(
            Files.newOutputStream(archive.file()),
            MADE,
            Map.of("index", 42L),
            List.of(
                BackupPart.of("words.txt", data.resolve("words.txt")),
                BackupPart.of("index/gen-000001/_0.cfs", segment),
                BackupPart.of("empty", new byte[0])));
    assertThat(manifest.bytes()).isEqualTo(segment.length + Files.size(data.resolve("words.txt")));
    return archive;
  }

  private static Rule refusal(BackupArchive archive) {
    return catchThrowableOfType(BackupRefused.class, archive::verify).rule();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "correct horse 电池"})
  void a_backup_comes_back_as_it_was(String passphrase) throws IOException {
    String[] given = passphrase.isEmpty() ? new String[0] : new String[] {passphrase};
    BackupArchive archive = written("one.zhiku", given);

    Path target = home.resolve("elsewhere/data");
    try (Restore restore = Restore.stage(archive, target, false)) {
      assertThat(target).doesNotExist();
      assertThat(restore.manifest().epochs()).isEqualTo(Map.of("index", 42L));
      assertThat(restore.manifest().madeAt()).isEqualTo(MADE);
      assertThat(restore.take()).isEmpty();
    }

    assertThat(target.resolve("words.txt")).hasContent("pump = Pumpe\n");
    assertThat(target.resolve("index/gen-000001/_0.cfs")).hasBinaryContent(segment);
    assertThat(target.resolve("empty")).isEmptyFile();
    assertThat(names(home.resolve("elsewhere"))).containsExactly("data");
  }

  @Test
  void a_backup_without_a_passphrase_is_a_zip_that_other_programs_read() throws IOException {
    try (ZipFile zip = new ZipFile(written("one.zhiku").file().toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .containsExactly(
              "zhiku-backup", "words.txt", "index/gen-000001/_0.cfs", "empty", "manifest.json");
      assertThat(zip.getComment()).matches("[0-9a-f]{64}");
    }
  }

  @Test
  void an_encrypted_backup_shows_nothing_and_opens_with_its_passphrase_alone() throws IOException {
    BackupArchive archive = written("one.zhiku", "correct horse");
    byte[] bytes = Files.readAllBytes(archive.file());

    assertThat(new String(bytes, StandardCharsets.ISO_8859_1))
        .doesNotContain("words.txt", "Pumpe", "manifest");
    assertThat(refusal(archive("one.zhiku"))).isEqualTo(Rule.BACKUP_PASSPHRASE);
    assertThat(refusal(archive("one.zhiku", "correct house"))).isEqualTo(Rule.BACKUP_PASSPHRASE);
    assertThat(written("two.zhiku", "correct horse").verify().parts()).hasSize(3);
    assertThat(Files.readAllBytes(home.resolve("two.zhiku"))).isNotEqualTo(bytes);
  }

  @Test
  void damaged_archives_are_refused_with_the_live_data_untouched() throws IOException {
    refuseMutated(written("one.zhiku"), MUTATIONS, 20_261_130);
  }

  @Test
  @Tag("long")
  @Tag("seeds")
  void two_hundred_damaged_archives_are_refused_with_the_live_data_untouched() throws IOException {
    refuseMutated(written("one.zhiku"), ALL_MUTATIONS, 20_261_131);
    refuseMutated(written("two.zhiku", "correct horse"), ALL_MUTATIONS, 20_261_132);
  }

  @Test
  void damaged_encrypted_archives_are_refused() throws IOException {
    refuseMutated(written("one.zhiku", "correct horse"), ENCRYPTED_MUTATIONS, 20_261_133);
  }

  private void refuseMutated(BackupArchive sound, int count, long seed) throws IOException {
    byte[] bytes = Files.readAllBytes(sound.file());
    Map<String, String> before = contents(data);
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      byte[] mutated = mutated(bytes, random);
      BackupArchive damaged =
          new BackupArchive(home.resolve("damaged.zhiku"), sound.passphrase(), "0.1.0");
      Files.write(damaged.file(), mutated);

      BackupRefused refused =
          catchThrowableOfType(BackupRefused.class, () -> Restore.stage(damaged, data, true));

      assertThat(refused).as("mutation %d of seed %d", i, seed).isNotNull();
      assertThat(refused.remedy()).isNotBlank();
      assertThat(contents(data)).isEqualTo(before);
    }
    assertThat(names(home)).noneMatch(name -> name.contains("restoring"));
  }

  /**
   * A bit flipped, the end cut off, a stretch of zeros, left out or there twice, or more at the
   * end.
   */
  private static byte[] mutated(byte[] bytes, Random random) {
    int at = random.nextInt(bytes.length - 1);
    int length = 1 + random.nextInt(Math.min(5_000, bytes.length - at));
    byte[] copy = bytes.clone();
    switch (random.nextInt(6)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy = Arrays.copyOf(bytes, at);
      case 2 -> Arrays.fill(copy, at, at + length, (byte) 0);
      case 3 -> {
        copy = Arrays.copyOf(bytes, bytes.length - length);
        System.arraycopy(bytes, at + length, copy, at, bytes.length - at - length);
      }
      case 4 -> {
        copy = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(bytes, at, copy, at + length, bytes.length - at);
      }
      default -> copy = Arrays.copyOf(bytes, bytes.length + length);
    }
    return Arrays.equals(copy, bytes) ? Arrays.copyOf(bytes, at) : copy;
  }

  /** An archive made by somebody who knows the form, sealed as it should be. */
  private BackupArchive forged(String format, String name, String manifest) throws IOException {
    BackupArchive archive = archive("forged.zhiku");
    try (ZipOutputStream zip =
        new ZipOutputStream(new SealedOutput(Files.newOutputStream(archive.file())))) {
      zip.setComment("0".repeat(SealedOutput.SEAL));
      for (Map.Entry<String, String> entry :
          List.of(
              Map.entry("zhiku-backup", format),
              Map.entry(name, "evil"),
              Map.entry("manifest.json", manifest))) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue().getBytes(StandardCharsets.UTF_8));
      }
    }
    return archive;
  }

  private static String manifest(String version, String name) {
    return "{\"format\":1,\"version\":\"%s\",\"made_at\":\"%s\",\"epochs\":{},\"parts\":[%s]}"
        .formatted(
            version,
            MADE,
            "{\"name\":\"%s\",\"bytes\":4,\"sha256\":\"%s\"}".formatted(name, sha256("evil")));
  }

  private static String sha256(String text) {
    return HexFormat.of().formatHex(Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "../evil",
        "/etc/evil",
        "index/../../evil",
        "C:/evil",
        "..\\evil",
        "index//evil",
        "./evil",
        ".hidden",
        "index/",
        "evil.",
        "evil\u0000.txt",
        "é",
        "a/b/c/d/e/f/g/h/i"
      })
  void names_that_lead_elsewhere_are_refused(String name) throws IOException {
    BackupArchive archive = forged("1", name, manifest("0.1.0", "evil"));

    assertThat(refusal(archive)).isEqualTo(Rule.BACKUP_UNSAFE);
  }

  @Test
  void a_forged_archive_that_is_as_it_should_be_is_taken() throws IOException {
    assertThat(forged("1", "evil", manifest("0.1.0", "evil")).verify().parts()).hasSize(1);
  }

  @Test
  void newer_archives_are_refused_as_newer() throws IOException {
    assertThat(refusal(forged("2", "evil", "whatever it says"))).isEqualTo(Rule.BACKUP_NEWER);
    for (String version : List.of("0.1.1", "0.2.0", "1.0.0", "0.10.0")) {
      assertThat(refusal(forged("1", "evil", manifest(version, "evil"))))
          .isEqualTo(Rule.BACKUP_NEWER);
    }
    assertThat(forged("1", "evil", manifest("0.0.9", "evil")).verify().version())
        .isEqualTo("0.0.9");
  }

  @Test
  void parts_that_the_manifest_does_not_name_are_refused() throws IOException {
    for (String said : List.of(manifest("0.1.0", "other"), "{}", "[]", "no JSON", "")) {
      assertThat(refusal(forged("1", "evil", said))).isEqualTo(Rule.BACKUP_DAMAGED);
    }
  }

  @Test
  void files_of_others_are_refused_as_foreign() throws IOException {
    Files.createFile(home.resolve("empty.zip"));
    Files.writeString(home.resolve("text.zip"), "Not a backup.");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("holiday.jpg"));
    }
    Files.write(home.resolve("photos.zip"), bytes.toByteArray());

    for (String name : List.of("empty.zip", "text.zip", "photos.zip")) {
      assertThat(refusal(archive(name))).as(name).isEqualTo(Rule.BACKUP_FOREIGN);
    }
  }

  @Test
  void a_folder_with_something_in_it_is_left_alone_unless_it_is_to_be_replaced()
      throws IOException {
    BackupArchive archive = written("one.zhiku");
    Files.writeString(data.resolve("later.txt"), "later");

    assertThat(
            catchThrowableOfType(BackupRefused.class, () -> Restore.stage(archive, data, false))
                .rule())
        .isEqualTo(Rule.FOLDER_NOT_EMPTY);
    try (Restore restore = Restore.stage(archive, data, true)) {
      Optional<Path> aside = restore.take();
      assertThat(aside).isPresent();
      assertThat(aside.get().resolve("later.txt")).hasContent("later");
    }
    assertThat(data.resolve("later.txt")).doesNotExist();
    assertThat(data.resolve("words.txt")).exists();
  }

  @Test
  void a_seal_is_the_same_however_the_bytes_come() throws IOException {
    byte[] bytes = Arrays.copyOf(segment, 1_000);
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    ByteArrayOutputStream pieces = new ByteArrayOutputStream();
    try (SealedOutput out = new SealedOutput(whole)) {
      out.write(bytes);
    }
    Random random = new Random(1);
    try (SealedOutput out = new SealedOutput(pieces)) {
      for (int at = 0; at < bytes.length; ) {
        int length = Math.min(bytes.length - at, random.nextInt(150));
        out.write(bytes, at, length);
        at += length;
      }
    }
    assertThat(pieces.toByteArray()).isEqualTo(whole.toByteArray()).hasSize(bytes.length);
    assertThat(Arrays.copyOf(whole.toByteArray(), bytes.length - SealedOutput.SEAL))
        .isEqualTo(Arrays.copyOf(bytes, bytes.length - SealedOutput.SEAL));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static Map<String, String> contents(Path folder) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        try (InputStream in = Files.newInputStream(file)) {
          contents.put(
              folder.relativize(file).toString(),
              new String(in.readAllBytes(), StandardCharsets.ISO_8859_1));
        }
      }
    }
    return contents;
  }
}
