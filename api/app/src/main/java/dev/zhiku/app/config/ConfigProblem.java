package dev.zhiku.app.config;

/**
 * One thing wrong with the configuration.
 *
 * @param where the file, the environment or the command line
 * @param message names the key, the rule and the value
 */
public record ConfigProblem(String where, String message) {
  @Override
  public String toString() {
    return where + ": " + message;
  }
}
