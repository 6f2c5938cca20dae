package dev.zhiku.app.testing;

import java.nio.file.Path;
import java.util.List;

/** A part of the machine that the processes inside it see otherwise than all others do. */
public interface Enclosure {
  /**
   * What a command has to begin with so that it runs inside.
   *
   * @param home working folder of the command
   */
  List<String> prefix(Path home);
}
