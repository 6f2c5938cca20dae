package dev.zhiku.ingest.testing;

import java.util.Arrays;
import java.util.Random;

/** Ways in which a file gets damaged: bytes flipped, the end cut off, spans swapped or zeroed. */
public enum Mutation {
  FLIPPED {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      byte[] mutated = bytes.clone();
      for (int flips = 1 + random.nextInt(1 + Math.min(200, bytes.length / 20));
          flips > 0;
          flips--) {
        mutated[random.nextInt(mutated.length)] ^= (byte) (1 << random.nextInt(8));
      }
      return mutated;
    }
  },
  TRUNCATED {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      return Arrays.copyOf(bytes, random.nextInt(bytes.length));
    }
  },
  SWAPPED {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      byte[] mutated = bytes.clone();
      int length = 1 + random.nextInt(1 + Math.min(4_096, bytes.length / 4));
      int one = random.nextInt(bytes.length - length + 1);
      int other = random.nextInt(bytes.length - length + 1);
      System.arraycopy(bytes, one, mutated, other, length);
      System.arraycopy(bytes, other, mutated, one, length);
      return mutated;
    }
  },
  ZEROED {
    @Override
    public byte[] of(byte[] bytes, Random random) {
      byte[] mutated = bytes.clone();
      int from = random.nextInt(bytes.length);
      int to = Math.min(bytes.length, from + 1 + random.nextInt(4_096));
      Arrays.fill(mutated, from, to, (byte) 0);
      return mutated;
    }
  };

  /**
   * @param bytes at least one
   */
  public abstract byte[] of(byte[] bytes, Random random);
}
