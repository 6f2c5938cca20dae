package dev.zhiku.index.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A cross-encoder of eight nodes, written as its file is: counts the pairs of equal tokens of which
 * one is in the question and one in the passage. The numbers are field numbers of {@code
 * onnx.proto}.
 */
final class TinyCrossEncoder {
  private static final int FLOAT = 1;
  private static final int INT64 = 7;
  private static final int INTEGER_ATTRIBUTE = 2;

  private TinyCrossEncoder() {}

  /** The bytes of {@code model.onnx}. */
  static byte[] network() {
    ByteArrayOutputStream graph = new ByteArrayOutputStream();
    node(graph, "Transpose", "column", "input_ids");
    node(graph, "Equal", "equal", "column", "input_ids");
    cast(graph, "equal", "same");
    cast(graph, "token_type_ids", "second");
    node(graph, "Sub", "first", "one", "second");
    node(graph, "MatMul", "shared", "first", "same");
    node(graph, "Transpose", "second_column", "second");
    node(graph, "MatMul", "logits", "shared", "second_column");
    WireField.write(graph, 2, "tiny");
    WireField.write(graph, 5, one());
    WireField.write(graph, 11, value("input_ids", INT64));
    WireField.write(graph, 11, value("token_type_ids", INT64));
    WireField.write(graph, 12, value("logits", FLOAT));

    ByteArrayOutputStream operators = new ByteArrayOutputStream();
    WireField.write(operators, 2, 13);
    ByteArrayOutputStream model = new ByteArrayOutputStream();
    WireField.write(model, 1, 8);
    WireField.write(model, 7, graph.toByteArray());
    WireField.write(model, 8, operators.toByteArray());
    return model.toByteArray();
  }

  private static void node(
      ByteArrayOutputStream graph, String operator, String output, String... inputs) {
    WireField.write(graph, 1, fields(operator, output, inputs).toByteArray());
  }

  private static ByteArrayOutputStream fields(String operator, String output, String... inputs) {
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    for (String input : inputs) {
      WireField.write(node, 1, input);
    }
    WireField.write(node, 2, output);
    WireField.write(node, 3, output);
    WireField.write(node, 4, operator);
    return node;
  }

  private static void cast(ByteArrayOutputStream graph, String input, String output) {
    ByteArrayOutputStream to = new ByteArrayOutputStream();
    WireField.write(to, 1, "to");
    WireField.write(to, 3, FLOAT);
    WireField.write(to, 20, INTEGER_ATTRIBUTE);
    ByteArrayOutputStream node = fields("Cast", output, input);
    WireField.write(node, 5, to.toByteArray());
    WireField.write(graph, 1, node.toByteArray());
  }

  private static byte[] one() {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    WireField.write(tensor, 1, 1);
    WireField.write(tensor, 2, FLOAT);
    WireField.write(tensor, 8, "one");
    byte[] value =
        ByteBuffer.allocate(Float.BYTES).order(ByteOrder.LITTLE_ENDIAN).putFloat(1).array();
    WireField.write(tensor, 9, value);
    return tensor.toByteArray();
  }

  /** A table of any number of rows and columns. */
  private static byte[] value(String name, int type) {
    ByteArrayOutputStream shape = new ByteArrayOutputStream();
    for (String axis : new String[] {"rows", "columns"}) {
      ByteArrayOutputStream dimension = new ByteArrayOutputStream();
      WireField.write(dimension, 2, name + "_" + axis);
      WireField.write(shape, 1, dimension.toByteArray());
    }
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    WireField.write(tensor, 1, type);
    WireField.write(tensor, 2, shape.toByteArray());
    ByteArrayOutputStream kind = new ByteArrayOutputStream();
    WireField.write(kind, 1, tensor.toByteArray());
    ByteArrayOutputStream info = new ByteArrayOutputStream();
    WireField.write(info, 1, name);
    WireField.write(info, 2, kind.toByteArray());
    return info.toByteArray();
  }
}
