package dev.zhiku.generators.llamacpp;

/** How turns become a prompt. */
enum TemplateKind {
  /** The template in the model's file; llama.cpp puts a system's words where it knows no system. */
  OWN,
  /** {@link PlainTemplate}, for a file without a template or with one that cannot be used. */
  PLAIN
}
