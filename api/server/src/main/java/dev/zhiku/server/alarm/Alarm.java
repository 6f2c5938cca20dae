package dev.zhiku.server.alarm;

/**
 * Something that is not as it should be.
 *
 * @param part of the service, such as source, generator, disk or queue
 * @param name which one; with the part it tells one alarm from another
 * @param detail what it is
 * @param remedy what to do
 */
public record Alarm(String part, String name, String detail, String remedy) {
  String key() {
    return part + " " + name;
  }
}
