package dev.zhiku.index.onnx;

import dev.zhiku.index.embedding.EmbeddingException;
import dev.zhiku.index.embedding.Language;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;

/** A model that lies on the class path, in one of the {@code langchain4j-embeddings-*} jars. */
enum BundledModel {
  CHINESE("bge-small-zh-v1.5-q", Language.CHINESE, 512, 4),
  ENGLISH("bge-small-en-v1.5-q", Language.ENGLISH, 384, 12);

  private final String modelName;
  private final Language language;
  private final int dimension;
  private final int layers;

  BundledModel(String modelName, Language language, int dimension, int layers) {
    this.modelName = modelName;
    this.language = language;
    this.dimension = dimension;
    this.layers = layers;
  }

  String modelName() {
    return modelName;
  }

  Language language() {
    return language;
  }

  int dimension() {
    return dimension;
  }

  int lastLayer() {
    return layers - 1;
  }

  /** The model in ONNX format, some 30 MB. */
  byte[] network() {
    return resource(modelName + ".onnx");
  }

  /** The tokenizer as Hugging Face's libraries read it. */
  byte[] tokenizer() {
    return resource(modelName + "-tokenizer.json");
  }

  private byte[] resource(String name) {
    try (InputStream in = BundledModel.class.getClassLoader().getResourceAsStream(name)) {
      if (in == null) {
        throw new FileNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new EmbeddingException(
          "The embedding model "
              + modelName
              + " cannot be read: "
              + name
              + " is missing from the class path or damaged. Build or download the program again.",
          e);
    }
  }
}
