package dev.zhiku.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlatformTest {
  @ParameterizedTest
  @CsvSource({
    "linux-x64, ai/onnxruntime/native/linux-x64/libonnxruntime.so",
    "linux-aarch64, ai/onnxruntime/native/linux-aarch64/libonnxruntime.so",
    "windows-x64, ai/onnxruntime/native/win-x64/onnxruntime.dll",
    "linux-x64, native/lib/linux-x86_64/cpu/libtokenizers.so",
    "windows-x64, native/lib/win-x86_64/cpu/libgcc_s_seh-1.dll",
    "linux-x64, de/kherud/llama/Linux/x86_64/libjllama.so",
    "windows-x64, com/sun/jna/win32-x86-64/jnidispatch.dll",
    "linux-aarch64, linux/arm64/org/lwjgl/liblwjgl.so",
    "linux-x64, linux/amd64/libzstd-jni-1.5.so",
    "windows-x64, org/xerial/snappy/native/Windows/x86_64/snappyjava.dll",
    "linux-x64, lib/linux-x86_64/libbrotli.so.1.2",
  })
  void the_native_part_of_a_platform_is_in_its_archive_alone(String platform, String entry) {
    List<String> takers =
        Arrays.stream(Platform.values())
            .filter(one -> one.takes(entry))
            .map(Platform::label)
            .toList();
    assertThat(takers).containsExactly(platform);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib",
        "ai/onnxruntime/native/osx-aarch64/libonnxruntime.dylib.dSYM/Contents/Info.plist",
        "de/kherud/llama/Mac/x86_64/libjllama.dylib",
        "de/kherud/llama/Linux-Android/aarch64/libjllama.so",
        "de/kherud/llama/Windows/x86/jllama.dll",
        "com/sun/jna/linux-x86/libjnidispatch.so",
        "com/sun/jna/linux-armel/libjnidispatch.so",
        "com/sun/jna/win32-aarch64/jnidispatch.dll",
        "com/sun/jna/freebsd-x86-64/libjnidispatch.so",
        "org/sqlite/native/Linux-Musl/x86_64/libsqlitejdbc.so",
        "com/sun/jna/darwin-aarch64/libjnidispatch.jnilib",
      })
  void the_native_parts_of_other_systems_are_in_no_archive(String entry) {
    assertThat(Platform.values()).noneMatch(platform -> platform.takes(entry));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "com/sun/jna/platform/win32/Kernel32.class",
        "com/sun/jna/platform/mac/Carbon.class",
        "META-INF/native/libnetty_epoll_x86_64.so",
        "native/lib/tokenizers.properties",
        "bge-small-zh-v1.5-q.onnx",
        "windows/readme.txt",
      })
  void everything_else_is_in_every_archive(String entry) {
    assertThat(Platform.values()).allMatch(platform -> platform.takes(entry));
  }
}
