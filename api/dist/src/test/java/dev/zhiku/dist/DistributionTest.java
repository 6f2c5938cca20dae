package dev.zhiku.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.ar.ArArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Archives of a checkout with two small libraries and Java runtimes of one file. */
class DistributionTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().resolve("../..").normalize();
  private static final String HOME = "zhiku-1.2.3/";

  @TempDir private Path folder;
  private Path checkout;
  private final Properties properties = new Properties();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @BeforeEach
  void a_built_checkout() throws IOException {
    checkout = folder.resolve("知库 checkout");
    for (String text :
        List.of("zhiku", "zhiku.cmd", "README.md", "README.zh.md", "CHANGELOG.md", "LICENSE")) {
      copy(text);
    }
    for (String source : List.of("api/dist/src/main/scripts", "api/dist/src/main/deb")) {
      for (Path file : Folders.files(REPOSITORY.resolve(source))) {
        copy(source + "/" + file.getFileName());
      }
    }
    write("samples/corpus/hr/员工手册.md", "# 手册\n");
    write("samples/examples/ask.sh", "#!/bin/sh\n");
    write("samples/reach/nginx.conf", "server {}\n");
    Path target = checkout.resolve("api/app/target");
    jar(target.resolve("zhiku.jar"), "dev/zhiku/app/Main.class");
    jar(
        target.resolve("lib/engine-1.jar"),
        "engine/linux-x64/libengine.so",
        "engine/linux-aarch64/libengine.so",
        "engine/win-x64/engine.dll",
        "engine/osx-aarch64/libengine.dylib",
        "engine/Engine.class",
        "META-INF/NOTICE.txt");
    jar(target.resolve("lib/plain-2.jar"), "plain/License.class", "META-INF/LICENSE");
    properties.setProperty("dist.version", "1.2.3");
    properties.setProperty("dist.time", "2026-11-20T00:00:00Z");
    runtime("linux", "Linux", "x86_64");
    runtime("aarch64", "Linux", "aarch64");
    runtime("windows", "Windows", "x86_64");
  }

  private void copy(String name) throws IOException {
    Path copy = checkout.resolve(name);
    Files.createDirectories(copy.getParent());
    Files.copy(REPOSITORY.resolve(name), copy, StandardCopyOption.COPY_ATTRIBUTES);
  }

  private void write(String name, String text) throws IOException {
    Path file = checkout.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private static void jar(Path jar, String... entries) throws IOException {
    Files.createDirectories(jar.getParent());
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        zip.putNextEntry(new ZipEntry(entry));
        zip.write(entry.getBytes(StandardCharsets.UTF_8));
        zip.closeEntry();
      }
    }
  }

  private void runtime(String property, String system, String architecture) throws IOException {
    Path runtime = folder.resolve("java " + property);
    Path program = runtime.resolve(system.equals("Windows") ? "bin/java.exe" : "bin/java");
    Files.createDirectories(program.getParent());
    Files.writeString(program, "java of " + property);
    assertThat(program.toFile().setExecutable(true)).isTrue();
    Files.writeString(
        runtime.resolve("release"),
        """
        JAVA_VERSION="25.0.1"
        MODULES="java.base java.desktop java.net.http java.sql jdk.charsets jdk.incubator.vector jdk.unsupported"
        OS_ARCH="%s"
        OS_NAME="%s"
        """
            .formatted(architecture, system));
    properties.setProperty("dist.jre." + property, runtime.toString());
  }

  private Path build(String target) throws IOException {
    Path built = folder.resolve(target);
    new Distribution(
            checkout, built, properties, new PrintStream(said, true, StandardCharsets.UTF_8))
        .build();
    return built;
  }

  private static SortedMap<String, byte[]> zip(InputStream bytes) throws IOException {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip = new ZipInputStream(bytes)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }

  private static byte[] bytes(Map<String, byte[]> files, String name) {
    return Objects.requireNonNull(files.get(name), name);
  }

  private static List<TarArchiveEntry> tar(InputStream bytes) throws IOException {
    List<TarArchiveEntry> entries = new ArrayList<>();
    try (TarArchiveInputStream tar =
        new TarArchiveInputStream(new GzipCompressorInputStream(bytes), "UTF-8")) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        entries.add(entry);
      }
    }
    return entries;
  }

  /** One letter for each header of a tar, its own ones included. */
  private static String kindsOfHeaders(InputStream bytes) throws IOException {
    byte[] tar = new GzipCompressorInputStream(bytes).readAllBytes();
    StringBuilder kinds = new StringBuilder();
    int at = 0;
    while (tar[at] != 0) {
      kinds.append((char) tar[at + 156]);
      String size = new String(tar, at + 124, 11, StandardCharsets.US_ASCII).strip();
      at += 512 + (Integer.parseInt(size, 8) + 511) / 512 * 512;
    }
    return kinds.toString();
  }

  private static List<String> names(List<TarArchiveEntry> entries) {
    return entries.stream().map(TarArchiveEntry::getName).toList();
  }

  @Test
  void the_archive_for_linux_holds_all_that_a_start_needs_sorted_and_of_one_time()
      throws IOException {
    List<TarArchiveEntry> entries =
        tar(Files.newInputStream(build("dist").resolve("zhiku-1.2.3-linux-x64.tar.gz")));
    assertThat(names(entries))
        .isSorted()
        .contains(
            HOME + "zhiku",
            HOME + "zhiku.jar",
            HOME + "lib/engine-1.jar",
            HOME + "lib/plain-2.jar",
            HOME + "runtime/bin/java",
            HOME + "samples/corpus/hr/员工手册.md",
            HOME + "samples/reach/nginx.conf",
            HOME + "LICENSE",
            HOME + "licences/engine-1/NOTICE.txt",
            HOME + "licences/plain-2/LICENSE")
        .noneMatch(name -> name.endsWith(".cmd") || name.endsWith(".class"));
    assertThat(entries)
        .allSatisfy(
            entry -> {
              assertThat(entry.getLastModifiedTime().toInstant()).isEqualTo("2026-11-20T00:00:00Z");
              assertThat(entry.getLongUserId()).isZero();
            })
        .filteredOn(entry -> entry.getName().matches(HOME + "(zhiku|runtime/bin/java)"))
        .hasSize(2)
        .allSatisfy(entry -> assertThat(entry.getMode() & 0777).isEqualTo(0755));
  }

  @Test
  void the_archive_for_windows_has_scripts_with_the_line_ends_of_windows() throws IOException {
    SortedMap<String, byte[]> files =
        zip(Files.newInputStream(build("dist").resolve("zhiku-1.2.3-windows-x64.zip")));
    assertThat(files)
        .containsKeys(
            HOME + "runtime/bin/java.exe", HOME + "zhiku.jar", HOME + "samples/corpus/hr/员工手册.md")
        .doesNotContainKey(HOME + "zhiku");
    for (String script : List.of("zhiku.cmd", "start-zhiku.cmd")) {
      String text = new String(bytes(files, HOME + script), StandardCharsets.UTF_8);
      assertThat(text.replace("\r\n", "")).as(script).isNotEmpty().doesNotContain("\r", "\n");
      assertThat(text).as(script).startsWith("@echo off\r\n").contains("chcp 65001");
      assertThat(text).as(script).matches("\\p{ASCII}*");
    }
  }

  @Test
  void a_library_keeps_the_native_parts_of_its_platform_alone() throws IOException {
    SortedMap<String, byte[]> files =
        zip(Files.newInputStream(build("dist").resolve("zhiku-1.2.3-windows-x64.zip")));
    assertThat(zip(new ByteArrayInputStream(bytes(files, HOME + "lib/engine-1.jar"))))
        .containsOnlyKeys(
            "engine/win-x64/engine.dll", "engine/Engine.class", "META-INF/NOTICE.txt");
    assertThat(files.get(HOME + "lib/plain-2.jar"))
        .as("untouched")
        .isEqualTo(Files.readAllBytes(checkout.resolve("api/app/target/lib/plain-2.jar")));
  }

  @Test
  void the_debian_package_has_its_three_members_the_unit_and_no_file_below_var()
      throws IOException {
    Path file = build("dist").resolve("zhiku_1.2.3_amd64.deb");
    List<String> members = new ArrayList<>();
    List<TarArchiveEntry> data = List.of();
    List<TarArchiveEntry> control = List.of();
    String kindsOfHeaders = "";
    try (ArArchiveInputStream ar = new ArArchiveInputStream(Files.newInputStream(file))) {
      for (var entry = ar.getNextEntry(); entry != null; entry = ar.getNextEntry()) {
        members.add(entry.getName());
        byte[] member = ar.readAllBytes();
        InputStream bytes = new ByteArrayInputStream(member);
        if (entry.getName().startsWith("data")) {
          kindsOfHeaders = kindsOfHeaders(new ByteArrayInputStream(member));
          data = tar(bytes);
        } else if (entry.getName().startsWith("control")) {
          control = tar(bytes);
        }
      }
    }
    assertThat(members).containsExactly("debian-binary", "control.tar.gz", "data.tar.gz");
    assertThat(names(control))
        .contains("./control", "./conffiles", "./md5sums", "./postinst", "./postrm", "./prerm");
    assertThat(names(data))
        .contains(
            "./usr/lib/systemd/system/zhiku.service",
            "./usr/lib/zhiku/runtime/bin/java",
            "./etc/zhiku/zhiku.yml",
            "./usr/bin/zhiku")
        .noneMatch(name -> name.startsWith("./var"));
    assertThat(names(data)).anyMatch(name -> name.endsWith("员工手册.md"));
    assertThat(kindsOfHeaders)
        .as("POSIX's headers (x, g) are refused by dpkg")
        .matches("[025LK]+")
        .contains("2");
    assertThat(data)
        .filteredOn(TarArchiveEntry::isSymbolicLink)
        .extracting(TarArchiveEntry::getLinkName)
        .containsExactly("../lib/zhiku/zhiku");
  }

  @Test
  void the_same_checkout_gives_the_same_bytes_and_the_sums_fit() throws Exception {
    Path first = build("first");
    Path second = build("second");
    List<String> sums = Files.readAllLines(first.resolve("SHA256SUMS"));
    assertThat(sums).hasSize(5).isEqualTo(Files.readAllLines(second.resolve("SHA256SUMS")));
    for (String line : sums) {
      byte[] bytes = Files.readAllBytes(second.resolve(line.substring(66)));
      assertThat(line)
          .startsWith(HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
    }
  }

  @Test
  void without_a_java_runtime_an_archive_is_not_built_and_the_build_says_so() throws IOException {
    properties.setProperty("dist.jre.windows", "");
    properties.remove("dist.jre.aarch64");
    try (var files = Files.list(build("dist"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder(
              "zhiku-1.2.3-linux-x64.tar.gz", "zhiku_1.2.3_amd64.deb", "SHA256SUMS");
    }
    assertThat(said.toString(StandardCharsets.UTF_8))
        .contains("windows-x64: not built", "-Ddist.jre.windows=DIR")
        .contains("linux-aarch64: not built", "-Ddist.jre.aarch64=DIR");
  }

  @Test
  void a_java_runtime_of_another_platform_is_refused() {
    properties.setProperty("dist.jre.windows", properties.getProperty("dist.jre.linux"));
    assertThatThrownBy(() -> build("dist"))
        .hasMessageContaining("dist.jre.windows")
        .hasMessageContaining("Linux x86_64");
  }

  @Test
  void a_java_runtime_without_the_charsets_or_the_vectors_is_refused() throws IOException {
    Path release = Path.of(properties.getProperty("dist.jre.windows", "none")).resolve("release");
    Files.writeString(
        release, Files.readString(release).replace("jdk.charsets jdk.incubator.vector ", ""));
    assertThatThrownBy(() -> build("dist"))
        .hasMessageContaining("jdk.charsets")
        .hasMessageContaining("jdk.incubator.vector");
  }
}
