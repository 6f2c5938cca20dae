package dev.zhiku.server.backup;

import dev.zhiku.server.backup.BackupRefused.Rule;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-256-GCM over chunks, under a key of a passphrase (PBKDF2 with HMAC-SHA-256). The nonce of a
 * chunk holds its number and whether it is the last, so that none can be left out, exchanged or cut
 * off; the header, with the parameters of the key, is authenticated with each.
 */
final class Encryption {
  static final byte[] MAGIC = "ZHIKUENC".getBytes(StandardCharsets.US_ASCII);
  static final int CHUNK = 1 << 16;
  private static final int VERSION = 1;
  private static final int SALT = 16;
  private static final int PREFIX = 7;
  private static final int TAG_BYTES = 16;
  private static final int KEY_BITS = 256;
  private static final int ITERATIONS = 600_000;
  private static final int MOST_ITERATIONS = 10_000_000;
  private static final int HEADER = MAGIC.length + 1 + Integer.BYTES + SALT + PREFIX;

  private final byte[] header;
  private final SecretKeySpec key;
  private int chunk;

  private Encryption(byte[] header, char[] passphrase) {
    this.header = header;
    ByteBuffer fields = ByteBuffer.wrap(header).position(MAGIC.length + 1);
    int iterations = fields.getInt();
    byte[] salt = new byte[SALT];
    fields.get(salt);
    PBEKeySpec spec = new PBEKeySpec(passphrase, salt, iterations, KEY_BITS);
    try {
      byte[] derived =
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
      key = new SecretKeySpec(derived, "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has PBKDF2WithHmacSHA256", e);
    } finally {
      spec.clearPassword();
    }
  }

  /** Begins an encrypted stream with fresh salt and nonces. */
  static OutputStream to(OutputStream out, char[] passphrase) throws IOException {
    byte[] random = new byte[SALT + PREFIX];
    new SecureRandom().nextBytes(random);
    byte[] header =
        ByteBuffer.allocate(HEADER)
            .put(MAGIC)
            .put((byte) VERSION)
            .putInt(ITERATIONS)
            .put(random)
            .array();
    Encryption encryption = new Encryption(header, passphrase);
    out.write(header);
    return encryption.new Writing(out);
  }

  /**
   * Reads what {@link #to} wrote.
   *
   * @throws BackupRefused if it is newer, or damaged
   */
  static InputStream from(InputStream in, char[] passphrase) throws IOException {
    byte[] header = in.readNBytes(HEADER);
    if (header.length < HEADER) {
      throw BackupRefused.damaged("it ends in its header");
    }
    if (header[MAGIC.length] > VERSION) {
      throw BackupArchive.newer("its encryption is of version " + header[MAGIC.length]);
    }
    int iterations = ByteBuffer.wrap(header, MAGIC.length + 1, Integer.BYTES).getInt();
    if (iterations < 1 || iterations > MOST_ITERATIONS || header[MAGIC.length] < 1) {
      throw BackupRefused.damaged("its header makes no sense");
    }
    return new Encryption(header, passphrase).new Reading(in);
  }

  private Cipher cipher(int mode, boolean last) throws GeneralSecurityException {
    byte[] nonce =
        ByteBuffer.allocate(PREFIX + Integer.BYTES + 1)
            .put(header, HEADER - PREFIX, PREFIX)
            .putInt(chunk)
            .put((byte) (last ? 1 : 0))
            .array();
    chunk = Math.incrementExact(chunk);
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BYTES * Byte.SIZE, nonce));
    cipher.updateAAD(header);
    return cipher;
  }

  private final class Writing extends OutputStream {
    private final OutputStream out;
    private final byte[] plain = new byte[CHUNK];
    private int filled;

    Writing(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      write(new byte[] {(byte) value}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      int done = 0;
      while (done < length) {
        if (filled == CHUNK) {
          seal(false);
        }
        int taken = Math.min(length - done, CHUNK - filled);
        System.arraycopy(bytes, offset + done, plain, filled, taken);
        filled += taken;
        done += taken;
      }
    }

    private void seal(boolean last) throws IOException {
      try {
        out.write(cipher(Cipher.ENCRYPT_MODE, last).doFinal(plain, 0, filled));
        filled = 0;
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every Java has AES/GCM/NoPadding", e);
      }
    }

    @Override
    public void close() throws IOException {
      try (out) {
        seal(true);
      }
    }
  }

  private final class Reading extends InputStream {
    private final InputStream in;
    private byte[] ahead;
    private ByteBuffer plain = ByteBuffer.allocate(0);
    private boolean ended;

    Reading(InputStream in) throws IOException {
      this.in = in;
      this.ahead = in.readNBytes(CHUNK + TAG_BYTES);
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      while (!plain.hasRemaining()) {
        if (ended) {
          return -1;
        }
        open();
      }
      int taken = Math.min(length, plain.remaining());
      plain.get(bytes, offset, taken);
      return taken;
    }

    private void open() throws IOException {
      byte[] sealed = ahead;
      ahead = in.readNBytes(CHUNK + TAG_BYTES);
      ended = ahead.length == 0;
      boolean first = chunk == 0;
      try {
        plain = ByteBuffer.wrap(cipher(Cipher.DECRYPT_MODE, ended).doFinal(sealed));
      } catch (GeneralSecurityException e) {
        throw first
            ? new BackupRefused(
                Rule.BACKUP_PASSPHRASE,
                "The backup does not open with this passphrase, or its beginning is damaged.",
                "Give the passphrase it was made with: --passphrase-file FILE.")
            : BackupRefused.damaged("an encrypted part is not as it was written, or is missing");
      }
    }

    @Override
    public void close() throws IOException {
      Arrays.fill(ahead, (byte) 0);
      in.close();
    }
  }
}
