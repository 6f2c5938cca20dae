package dev.zhiku.dist;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A kind of machine that an archive is built for. */
enum Platform {
  LINUX_X64("linux-x64", "linux", "Linux", "x86_64", Pattern.compile("x86[_-]64|x64|amd64")),
  LINUX_AARCH64("linux-aarch64", "aarch64", "Linux", "aarch64", Pattern.compile("aarch64|arm64")),
  WINDOWS_X64(
      "windows-x64", "windows", "Windows", "x86_64", Pattern.compile("x86[_-]64|x64|amd64"));

  private static final Pattern NATIVE = Pattern.compile(".*\\.(so(\\.\\d+)*|dll|dylib|jnilib)");
  private static final String DEBUG_SYMBOLS = ".dsym/";

  /** A folder of a JAR that names a system, with what follows it up to the file. */
  private static final Pattern SYSTEM_FOLDER =
      Pattern.compile(
          "(?:.*/)?(linux|windows|win32|win|osx|macos|mac|darwin|freebsd|openbsd|netbsd|dragonflybsd"
              + "|sunos|solaris|aix|android)((?:[-_][^/]*)?/.*)");

  /** Systems that call themselves Linux and have another C library. */
  private static final List<String> OTHER_C_LIBRARIES = List.of("android", "musl");

  private final String label;
  private final String property;
  private final String system;
  private final String architecture;
  private final Pattern architectureInNames;

  Platform(String label, String property, String system, String architecture, Pattern inNames) {
    this.label = label;
    this.property = property;
    this.system = system;
    this.architecture = architecture;
    this.architectureInNames = inNames;
  }

  /** The end of the archive's name. */
  String label() {
    return label;
  }

  /** The property that names an unpacked Java runtime for this platform. */
  String property() {
    return "dist.jre." + property;
  }

  boolean isWindows() {
    return this == WINDOWS_X64;
  }

  /** {@code OS_NAME} in the file {@code release} of its Java runtimes. */
  String system() {
    return system;
  }

  /** {@code OS_ARCH} in the file {@code release} of its Java runtimes. */
  String architecture() {
    return architecture;
  }

  /** Whether this is the platform of the JDK that builds. */
  boolean isOwn() {
    String name = System.getProperty("os.name");
    String processor = System.getProperty("os.arch");
    return name.startsWith(system) && architectureInNames.matcher(processor).matches();
  }

  /** Whether an entry of a JAR is of use here: all are but the native parts of other platforms. */
  boolean takes(String entry) {
    String name = entry.toLowerCase(Locale.ROOT);
    if (!NATIVE.matcher(name).matches() && !name.contains(DEBUG_SYMBOLS)) {
      return true;
    }
    Matcher folder = SYSTEM_FOLDER.matcher(name);
    if (!folder.matches()) {
      return true;
    }
    String itsSystem = folder.group(1);
    String rest = folder.group(2);
    boolean sameSystem = isWindows() ? itsSystem.startsWith("win") : itsSystem.equals("linux");
    return sameSystem
        && architectureInNames.matcher(rest).find()
        && OTHER_C_LIBRARIES.stream().noneMatch(rest::contains);
  }
}
