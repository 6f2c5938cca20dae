package dev.zhiku.app.bundle;

import io.micronaut.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A folder in which Ollama keeps models: manifests by name, and blobs by their SHA-256. */
public record OllamaStore(Path folder) {
  private static final String REGISTRY = "registry.ollama.ai";
  private static final String LIBRARY = "library";
  private static final String LATEST = "latest";
  private static final Pattern DIGEST = Pattern.compile("sha256:([0-9a-f]{64})");

  /** A host, an owner, a name and a tag, of which all but the name may be left out. */
  private static final Pattern NAME =
      Pattern.compile("(?:([\\w.-]+)/)??(?:([\\w.-]+)/)?([\\w.-]+)(?::([\\w.-]+))?");

  private static final int MOST_MANIFEST_BYTES = 1 << 20;

  /** The usual one of this account, or of the service on Linux. */
  public static Optional<OllamaStore> find() {
    return Optional.ofNullable(System.getenv("OLLAMA_MODELS"))
        .map(Path::of)
        .or(() -> Optional.of(Path.of(System.getProperty("user.home"), ".ollama", "models")))
        .filter(Files::isDirectory)
        .or(
            () ->
                Optional.of(Path.of("/usr/share/ollama/.ollama/models")).filter(Files::isDirectory))
        .map(OllamaStore::new);
  }

  /**
   * Copies a model with everything that it consists of.
   *
   * @param model as Ollama names it, such as {@code deepseek-r1:7b}
   * @throws IOException if it is not there whole, or a part of it is damaged
   */
  public void copy(String model, Bundle bundle, String name) throws IOException {
    Path manifest = manifest(model);
    Path inside = folder.relativize(manifest);
    if (Files.size(manifest) > MOST_MANIFEST_BYTES) {
      throw new IOException(manifest + " is no manifest of a model");
    }
    for (String digest : digests(Files.readAllBytes(manifest))) {
      String blob = "blobs/sha256-" + digest;
      if (!bundle.names().contains(name + "/" + blob)) {
        String found = bundle.copy(folder.resolve(blob), name + "/" + blob);
        if (!found.equals(digest)) {
          throw new IOException(
              folder.resolve(blob)
                  + " is damaged: fetch the model again with ollama pull "
                  + model);
        }
      }
    }
    bundle.copy(manifest, name + "/" + inside.toString().replace('\\', '/'));
  }

  private Path manifest(String model) throws IOException {
    Matcher parts = NAME.matcher(model);
    if (!parts.matches()) {
      throw new IOException(model + " is no name of a model");
    }
    Path manifest =
        folder.resolve(
            Path.of(
                "manifests",
                group(parts, 1, REGISTRY),
                group(parts, 2, LIBRARY),
                parts.group(3),
                group(parts, 4, LATEST)));
    if (!manifest.normalize().startsWith(folder.normalize()) || !Files.isRegularFile(manifest)) {
      throw new IOException(
          "Ollama's folder " + folder + " has no model " + model + ": ollama pull " + model);
    }
    return manifest;
  }

  private static String group(Matcher parts, int group, String ifAbsent) {
    return Optional.ofNullable(parts.group(group)).orElse(ifAbsent);
  }

  private static List<String> digests(byte[] manifest) throws IOException {
    Map<?, ?> root = JsonMapper.createDefault().readValue(manifest, Map.class);
    List<Object> parts = new ArrayList<>();
    if (root != null && root.get("layers") instanceof List<?> layers) {
      parts.addAll(layers);
    }
    if (root != null && root.get("config") instanceof Map<?, ?> config) {
      parts.add(config);
    }
    List<String> digests = new ArrayList<>();
    for (Object part : parts) {
      Matcher digest =
          DIGEST.matcher(part instanceof Map<?, ?> map ? String.valueOf(map.get("digest")) : "");
      if (!digest.matches()) {
        throw new IOException("a manifest of Ollama names a part without its SHA-256");
      }
      digests.add(digest.group(1));
    }
    if (digests.isEmpty()) {
      throw new IOException("a manifest of Ollama names no part");
    }
    return digests;
  }
}
