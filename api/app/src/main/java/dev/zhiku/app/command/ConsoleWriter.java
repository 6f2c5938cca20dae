package dev.zhiku.app.command;

import dev.zhiku.ingest.source.HiddenCharacters;
import java.io.FilterWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What every command prints on. Names of files and models, answers and what servers say come from
 * others: characters with which they could steer the terminal, turn the direction of writing or
 * hide are shown escaped, whichever command prints them. Line breaks and tabs are kept.
 */
final class ConsoleWriter extends PrintWriter {
  private static final String START_OF_LINE = "\r";
  private static final String ERASE_REST = "\u001b[K";

  private final Writer terminal;

  private ConsoleWriter(Writer terminal) {
    super(new Escaping(terminal), true);
    this.terminal = terminal;
  }

  static ConsoleWriter to(OutputStream stream) {
    return new ConsoleWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8));
  }

  /** What this command prints on. */
  static ConsoleWriter of(CommandSpec spec) {
    PrintWriter out = spec.commandLine().getOut();
    return out instanceof ConsoleWriter console ? console : new ConsoleWriter(out);
  }

  /** Writes over the line that a terminal shows last. */
  void redraw(String line) {
    flush();
    try {
      terminal.write(START_OF_LINE + HiddenCharacters.shown(line) + ERASE_REST);
      terminal.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Characters beyond the basic plane are waited for until they are whole. */
  private static final class Escaping extends FilterWriter {
    private String half = "";

    Escaping(Writer out) {
      super(out);
    }

    @Override
    public void write(int c) throws IOException {
      write(Character.toString((char) c), 0, 1);
    }

    @Override
    public void write(char[] text, int start, int length) throws IOException {
      write(new String(text, start, length), 0, length);
    }

    @Override
    public void write(String text, int start, int length) throws IOException {
      String all = half + text.substring(start, start + length);
      half = "";
      if (!all.isEmpty() && Character.isHighSurrogate(all.charAt(all.length() - 1))) {
        half = all.substring(all.length() - 1);
        all = all.substring(0, all.length() - 1);
      }
      out.write(all.equals(System.lineSeparator()) ? all : HiddenCharacters.shownLines(all));
    }

    @Override
    public void flush() throws IOException {
      out.write(half);
      half = "";
      out.flush();
    }
  }
}
