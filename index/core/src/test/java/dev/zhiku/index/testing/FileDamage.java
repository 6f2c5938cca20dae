package dev.zhiku.index.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Damage as disks and hands do it to files. */
public enum FileDamage {
  /** The file ends early. */
  TRUNCATED {
    @Override
    void apply(Path file, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      Files.write(file, Arrays.copyOf(bytes, random.nextInt(bytes.length)));
    }
  },

  /** A stretch, up to the whole of it, reads as zeros. */
  ZEROED {
    @Override
    void apply(Path file, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      int from = random.nextInt(bytes.length);
      Arrays.fill(bytes, from, from + 1 + random.nextInt(bytes.length - from), (byte) 0);
      Files.write(file, bytes);
    }
  },

  /** One bit is another. */
  FLIPPED {
    @Override
    void apply(Path file, Random random) throws IOException {
      byte[] bytes = Files.readAllBytes(file);
      bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
      Files.write(file, bytes);
    }
  },

  /** The file is gone. */
  DELETED {
    @Override
    void apply(Path file, Random random) throws IOException {
      Files.delete(file);
    }
  };

  abstract void apply(Path file, Random random) throws IOException;

  /**
   * Damages the file.
   *
   * @return false if the bytes are as before: zeros where zeros were
   */
  public boolean strike(Path file, Random random) throws IOException {
    byte[] before = Files.readAllBytes(file);
    apply(file, random);
    return !Files.exists(file) || !Arrays.equals(before, Files.readAllBytes(file));
  }

  /** A file of the folder that is not empty, at random. */
  public static Path anyFile(Path folder, Random random) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> all = files.filter(file -> file.toFile().length() > 0).sorted().toList();
      return all.get(random.nextInt(all.size()));
    }
  }
}
