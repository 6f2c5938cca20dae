package dev.zhiku.index.onnx;

import ai.djl.huggingface.tokenizers.jni.LibUtils;
import ai.djl.util.Utils;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.file.DurableFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;

/**
 * Unpacks the native code of onnxruntime and of the tokenizers below one directory and keeps both
 * from looking anywhere else: not in the home directory, which a service account may not have, and
 * not in the network. Unpacked once; later starts find it there. Native code is loaded once per
 * process, so the directory of the first call stands.
 */
final class NativeLibraries {
  private static final String ONNXRUNTIME_PATH = "onnxruntime.native.path";
  private static final String TOKENIZERS_CACHE = "ENGINE_CACHE_DIR";

  private final Path directory;
  private final String platform;
  private final List<String> files;

  private NativeLibraries(Path directory, String platform, List<String> files) {
    this.directory = directory;
    this.platform = platform;
    this.files = files;
  }

  /**
   * Makes the native code ready.
   *
   * @param directory created if need be; its file system must allow code to be run
   * @throws EmbeddingException if there is no native code for this machine, if it cannot be
   *     unpacked or not be loaded
   */
  static synchronized OrtEnvironment load(Path directory) {
    NativeLibraries libraries =
        of(directory, System.getProperty("os.name"), System.getProperty("os.arch"));
    libraries.stayBelowDirectory();
    stayOffline();
    libraries.unpack();
    return libraries.environment();
  }

  /** The native code for a machine, named as Java's system properties name it. */
  static NativeLibraries of(Path directory, String osName, String osArch) {
    Path home = directory.toAbsolutePath();
    String os = osName.toLowerCase(Locale.ROOT);
    String arch = osArch.toLowerCase(Locale.ROOT);
    boolean arm = arch.equals("aarch64") || arch.equals("arm64");
    boolean intel = arch.equals("amd64") || arch.equals("x86_64");
    if (os.startsWith("linux") && (arm || intel)) {
      return new NativeLibraries(
          home,
          arm ? "linux-aarch64" : "linux-x64",
          List.of("libonnxruntime.so", "libonnxruntime4j_jni.so"));
    }
    if (os.startsWith("windows") && intel) {
      return new NativeLibraries(
          home, "win-x64", List.of("onnxruntime.dll", "onnxruntime4j_jni.dll"));
    }
    if (os.startsWith("mac") && arm) {
      return new NativeLibraries(
          home, "osx-aarch64", List.of("libonnxruntime.dylib", "libonnxruntime4j_jni.dylib"));
    }
    throw unsupported(os, arch);
  }

  private static EmbeddingException unsupported(String os, String arch) {
    return new EmbeddingException(
        "The bundled embedding models have no native code for "
            + os
            + " on "
            + arch
            + ". They run on Linux (x86-64, aarch64; glibc), Windows (x86-64) and macOS (Apple"
            + " silicon): use one of these, with a 64-bit Java.",
        new UnsupportedOperationException(os + "/" + arch));
  }

  /** JNA is what the tokenizers' library looks for graphics cards with, be it offline or not. */
  private void stayBelowDirectory() {
    setIfAbsent(TOKENIZERS_CACHE, directory);
    setIfAbsent("jna.tmpdir", directory.resolve("jna"));
  }

  private static void setIfAbsent(String property, Path value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value.toString());
    }
  }

  /**
   * The tokenizers' library asks cloud metadata services where it runs, reports that home, and
   * downloads native code for graphics cards, unless it is told to be offline.
   */
  private static void stayOffline() {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("OPT_OUT_TRACKING", "true");
    if (!Utils.isOfflineMode()) {
      throw new EmbeddingException(
          "The environment variable DJL_OFFLINE lets the tokenizers' library open connections."
              + " Remove it, or set it to true.",
          new IllegalStateException("DJL_OFFLINE=" + System.getenv("DJL_OFFLINE")));
    }
  }

  /** Left to itself, onnxruntime unpacks 23 MB to the temporary directory at every start. */
  private void unpack() {
    if (System.getProperty(ONNXRUNTIME_PATH) != null) {
      return;
    }
    Path home = directory.resolve("onnxruntime-" + runtimeVersion() + "-" + platform);
    try {
      Files.createDirectories(home);
      for (String file : files) {
        unpack("ai/onnxruntime/native/" + platform + "/" + file, home.resolve(file));
      }
    } catch (IOException e) {
      throw new EmbeddingException(
          "Native code cannot be unpacked to "
              + home
              + ": "
              + e
              + ". The directory must be writable and its disk have 50 MB left.",
          e);
    }
    System.setProperty(ONNXRUNTIME_PATH, home.toString());
  }

  String platform() {
    return platform;
  }

  private static String runtimeVersion() {
    String version = OrtEnvironment.class.getPackage().getImplementationVersion();
    return version == null ? "bundled" : version;
  }

  private static void unpack(String resource, Path target) throws IOException {
    URL source = NativeLibraries.class.getClassLoader().getResource(resource);
    if (source == null) {
      throw new FileNotFoundException(resource + " is missing from the class path");
    }
    long length = source.openConnection().getContentLengthLong();
    if (Files.exists(target) && Files.size(target) == length) {
      return;
    }
    Path part = Files.createTempFile(target.getParent(), "unpacking", ".part");
    try (InputStream in = source.openStream()) {
      Files.copy(in, part, StandardCopyOption.REPLACE_EXISTING);
      DurableFile.force(part);
      DurableFile.take(part, target);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private OrtEnvironment environment() {
    try {
      LibUtils.checkStatus();
      OrtEnvironment environment = OrtEnvironment.getEnvironment("zhiku");
      environment.setTelemetry(false);
      return environment;
    } catch (LinkageError | RuntimeException | OrtException e) {
      throw new EmbeddingException(
          "Native code in "
              + System.getProperty(ONNXRUNTIME_PATH)
              + " or "
              + System.getProperty(TOKENIZERS_CACHE)
              + " cannot be loaded: "
              + e
              + ". On Linux it needs glibc and a directory that is not mounted noexec; on Windows"
              + " the Visual C++ runtime 2019 or newer.",
          e);
    }
  }
}
