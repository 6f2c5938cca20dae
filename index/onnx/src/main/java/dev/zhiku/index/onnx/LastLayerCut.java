package dev.zhiku.index.onnx;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites a BERT model so that its last layer computes the first row only, the one that is the
 * embedding: the other rows are needed there as keys and values, not as queries. Two {@code Gather}
 * nodes pick row 0, one before the query projection, one on the residual path; every later node
 * follows the shapes it is given. The vectors are not quite those of the whole model, because
 * activations are quantised over the rows that are left; {@code index/DECISIONS.md} has the
 * figures.
 *
 * <p>The numbers are field numbers of {@code onnx.proto}.
 */
final class LastLayerCut {
  private static final int MODEL_GRAPH = 7;
  private static final int GRAPH_NODE = 1;
  private static final int GRAPH_INITIALIZER = 5;
  private static final int NODE_INPUT = 1;
  private static final int NODE_OUTPUT = 2;
  private static final int NODE_NAME = 3;
  private static final int NODE_OPERATOR = 4;
  private static final int NODE_ATTRIBUTE = 5;
  private static final int ATTRIBUTE_NAME = 1;
  private static final int ATTRIBUTE_INTEGER = 3;
  private static final int ATTRIBUTE_TYPE = 20;
  private static final int TYPE_INTEGER = 2;
  private static final int TENSOR_DIMENSION = 1;
  private static final int TENSOR_TYPE = 2;
  private static final int TENSOR_NAME = 8;
  private static final int TENSOR_RAW = 9;
  private static final int TYPE_INT64 = 7;

  private static final String FIRST_ROW = "zhiku/first_row";

  /** A place where a node is to see the first row of what it reads now. */
  private record Place(String node, String tensor) {
    String cutTensor() {
      return tensor + "/" + FIRST_ROW;
    }
  }

  private final List<Place> places;
  private int cuts;

  private LastLayerCut(int lastLayer) {
    String below = "/encoder/layer." + (lastLayer - 1) + "/output/LayerNorm/Add_1_output_0";
    String last = "/encoder/layer." + lastLayer + "/attention/";
    places =
        List.of(
            new Place(last + "self/query/MatMul_quant", below + "_quantized"),
            new Place(last + "output/Add", below));
  }

  /**
   * The model with its last layer cut.
   *
   * @param lastLayer number of the last layer, counted from 0
   * @throws IllegalArgumentException if the model does not have the expected nodes
   */
  static byte[] apply(byte[] model, int lastLayer) {
    return new LastLayerCut(lastLayer).model(model);
  }

  private byte[] model(byte[] model) {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (WireField field : WireField.parse(ByteBuffer.wrap(model))) {
      if (field.number() == MODEL_GRAPH) {
        List<ByteBuffer> graph = graph(field);
        pieces.add(WireField.header(MODEL_GRAPH, length(graph)));
        pieces.addAll(graph);
      } else {
        pieces.add(field.whole());
      }
    }
    if (cuts != places.size()) {
      throw new IllegalArgumentException(
          "the model has " + cuts + " of the " + places.size() + " nodes to cut: " + places);
    }
    return joined(pieces);
  }

  private List<ByteBuffer> graph(WireField graph) {
    List<ByteBuffer> pieces = new ArrayList<>();
    for (WireField field : graph.message()) {
      pieces.add(field.number() == GRAPH_NODE ? node(field) : field.whole());
    }
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    WireField.write(added, GRAPH_INITIALIZER, rowZero());
    pieces.add(ByteBuffer.wrap(added.toByteArray()));
    return pieces;
  }

  private static int length(List<ByteBuffer> pieces) {
    return pieces.stream().mapToInt(ByteBuffer::remaining).sum();
  }

  /** Copies the weights, nearly all there is, once. */
  private static byte[] joined(List<ByteBuffer> pieces) {
    ByteBuffer joined = ByteBuffer.allocate(length(pieces));
    pieces.forEach(piece -> joined.put(piece.duplicate()));
    return joined.array();
  }

  private ByteBuffer node(WireField node) {
    List<WireField> fields = node.message();
    for (Place place : places) {
      if (has(fields, NODE_NAME, place.node) && has(fields, NODE_INPUT, place.tensor)) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        WireField.write(both, GRAPH_NODE, gather(place));
        WireField.write(both, GRAPH_NODE, redirected(fields, place));
        cuts++;
        return ByteBuffer.wrap(both.toByteArray());
      }
    }
    return node.whole();
  }

  private static boolean has(List<WireField> fields, int number, String text) {
    return fields.stream().anyMatch(f -> f.number() == number && f.text().equals(text));
  }

  private static byte[] redirected(List<WireField> node, Place place) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (WireField field : node) {
      if (field.number() == NODE_INPUT && field.text().equals(place.tensor)) {
        WireField.write(out, NODE_INPUT, place.cutTensor());
      } else {
        field.copyTo(out);
      }
    }
    return out.toByteArray();
  }

  /** Row 0 along the second axis (text, row, dimension); the axis stays, with length 1. */
  private static byte[] gather(Place place) {
    ByteArrayOutputStream axis = new ByteArrayOutputStream();
    WireField.write(axis, ATTRIBUTE_NAME, "axis");
    WireField.write(axis, ATTRIBUTE_INTEGER, 1);
    WireField.write(axis, ATTRIBUTE_TYPE, TYPE_INTEGER);
    ByteArrayOutputStream node = new ByteArrayOutputStream();
    WireField.write(node, NODE_INPUT, place.tensor);
    WireField.write(node, NODE_INPUT, FIRST_ROW);
    WireField.write(node, NODE_OUTPUT, place.cutTensor());
    WireField.write(node, NODE_NAME, place.cutTensor());
    WireField.write(node, NODE_OPERATOR, "Gather");
    WireField.write(node, NODE_ATTRIBUTE, axis.toByteArray());
    return node.toByteArray();
  }

  /** The list of one row number, 0. */
  private static byte[] rowZero() {
    ByteArrayOutputStream tensor = new ByteArrayOutputStream();
    WireField.write(tensor, TENSOR_DIMENSION, 1);
    WireField.write(tensor, TENSOR_TYPE, TYPE_INT64);
    WireField.write(tensor, TENSOR_NAME, FIRST_ROW);
    WireField.write(tensor, TENSOR_RAW, new byte[Long.BYTES]);
    return tensor.toByteArray();
  }
}
