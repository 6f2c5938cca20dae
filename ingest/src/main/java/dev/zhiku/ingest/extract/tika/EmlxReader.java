package dev.zhiku.ingest.extract.tika;

import dev.zhiku.ingest.extract.BlockSink;
import dev.zhiku.ingest.extract.FormatReader;
import dev.zhiku.ingest.extract.InputFile;
import dev.zhiku.ingest.extract.UnreadableFileException;
import dev.zhiku.ingest.outcome.ReasonCode;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import org.apache.commons.io.input.BoundedInputStream;

/** A mail as Apple Mail keeps it: its length on a line, the mail itself, what the program noted. */
public final class EmlxReader implements FormatReader {
  private static final int LONGEST_NUMBER = 20;

  @Override
  public boolean reads(String mediaType) {
    return mediaType.equals("message/x-emlx");
  }

  @Override
  public void read(InputFile file, BlockSink sink) throws IOException, UnreadableFileException {
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file.path()))) {
      StringBuilder number = new StringBuilder();
      for (int c = in.read();
          c >= 0 && c != '\n' && number.length() < LONGEST_NUMBER;
          c = in.read()) {
        number.append((char) c);
      }
      String length = number.toString().strip();
      if (!length.matches("\\d{1,10}")) {
        throw new UnreadableFileException(ReasonCode.CORRUPT);
      }
      InputStream mail =
          BoundedInputStream.builder().setInputStream(in).setMaxCount(Long.parseLong(length)).get();
      sink.part("mail.eml", mail);
    }
  }
}
