package dev.zhiku.server.backup;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a backup says of itself.
 *
 * @param version of Zhiku that made it
 * @param epochs of the stores at that moment, by their names
 */
public record Manifest(
    String version, Instant madeAt, Map<String, Long> epochs, List<Entry> parts) {
  private static final JsonMapper JSON = JsonMapper.createDefault();

  public Manifest {
    epochs = Map.copyOf(epochs);
    parts = List.copyOf(parts);
  }

  /**
   * A part as it was written.
   *
   * @param sha256 of its content, in hexadecimal digits
   */
  public record Entry(String name, long bytes, String sha256) {}

  /** Bytes of all parts. */
  public long bytes() {
    return parts.stream().mapToLong(Entry::bytes).sum();
  }

  byte[] toJson() throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    object.put("format", BackupArchive.FORMAT);
    object.put("version", version);
    object.put("made_at", madeAt.toString());
    object.put("epochs", epochs);
    List<Map<String, Object>> entries = new ArrayList<>();
    for (Entry part : parts) {
      entries.add(Map.of("name", part.name(), "bytes", part.bytes(), "sha256", part.sha256()));
    }
    object.put("parts", entries);
    return JSON.writeValueAsBytes(object);
  }

  /**
   * Reads what {@link #toJson} wrote.
   *
   * @throws BackupRefused if it is anything else
   */
  static Manifest read(byte[] json) {
    try {
      Map<?, ?> object = as(Map.class, JSON.readValue(json, Object.class));
      Map<String, Long> epochs = new LinkedHashMap<>();
      Map<?, ?> said = as(Map.class, object.get("epochs"));
      said.forEach(
          (store, epoch) ->
              epochs.put(as(String.class, store), as(Number.class, epoch).longValue()));
      List<Entry> parts = new ArrayList<>();
      List<?> listed = as(List.class, object.get("parts"));
      for (Object each : listed) {
        Map<?, ?> part = as(Map.class, each);
        parts.add(
            new Entry(
                as(String.class, part.get("name")),
                as(Number.class, part.get("bytes")).longValue(),
                as(String.class, part.get("sha256"))));
      }
      return new Manifest(
          as(String.class, object.get("version")),
          Instant.parse(as(String.class, object.get("made_at"))),
          epochs,
          parts);
    } catch (IOException | DateTimeException | ClassCastException e) {
      throw BackupRefused.damaged("its manifest cannot be read");
    }
  }

  private static <T> T as(Class<T> type, @Nullable Object value) {
    if (value == null) {
      throw new ClassCastException("nothing is no " + type.getSimpleName());
    }
    return type.cast(value);
  }
}
