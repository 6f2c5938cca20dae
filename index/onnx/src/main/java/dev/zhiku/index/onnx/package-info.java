/**
 * The bundled models, run in the process by onnxruntime. The only package that imports onnxruntime,
 * DJL or the jars that carry the models.
 */
@NullMarked
package dev.zhiku.index.onnx;

import org.jspecify.annotations.NullMarked;
