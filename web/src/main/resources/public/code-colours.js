// The parts of a programme text by kind. highlight.js finds them; its tree is used, never the HTML that it makes of it.

/** Longest text that is coloured, in UTF-16 units. */
const MAX_CODE = 50_000;

let library = null;
let loading = null;

/**
 * Loads highlight.js, once. It is a script of the old kind, so it is no module to import: the page holds its element in a template, where it
 * does not run, and a copy of the element runs. Its address stands in index.html alone, which Trusted Types would not let a script set.
 */
export function loadColours() {
  loading ??= new Promise((resolve, reject) => {
    const script = document.importNode(document.getElementById('highlighter').content, true).querySelector('script');
    script.addEventListener('load', () => {
      library = globalThis.hljs;
      resolve();
    });
    script.addEventListener('error', reject);
    document.head.append(script);
  });
  return loading;
}

export function coloursReady() {
  return library !== null;
}

/** The text as a tree of strings and `{kind, children}`; one string where its language is not known. */
export function coloured(code, language) {
  if (!library?.getLanguage(language) || code.length > MAX_CODE) return [code];
  try {
    return tree(library.highlight(code, { language, ignoreIllegals: true })._emitter.rootNode.children);
  } catch {
    return [code];
  }
}

function tree(nodes) {
  return nodes.map((node) => {
    if (typeof node === 'string') return node;
    const kind = /^[a-z]+/.exec(node.scope ?? '')?.[0] ?? '';
    return { kind, children: tree(node.children) };
  });
}
