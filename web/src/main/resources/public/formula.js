// Formulas as MathML: KaTeX reads them, and of what it makes only known elements and attributes become nodes of the page.

const MATHML = 'http://www.w3.org/1998/Math/MathML';
const ELEMENTS = new Set(
  ('math semantics mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup munder mover munderover ' +
    'mmultiscripts mtable mtr mtd mlabeledtr').split(' '),
);
const ATTRIBUTES = new Set(
  ('display displaystyle scriptlevel mathvariant stretchy fence separator lspace rspace accent accentunder minsize maxsize largeop movablelimits ' +
    'symmetric linethickness columnalign rowalign columnspacing rowspacing columnlines rowlines notation width height depth voffset').split(' '),
);
/** Nothing that a formula says loads or links; macros end after so many steps, and no size is larger than this many em. */
const SETTINGS = { output: 'mathml', throwOnError: true, strict: 'ignore', trust: false, maxExpand: 200, maxSize: 20 };

let katex = null;
let loading = null;

/** Loads KaTeX, once. */
export function loadFormulas() {
  loading ??= import('katex').then(() => {
    katex = globalThis.katex;
  });
  return loading;
}

/** Whether formulas can be shown at once. */
export function formulasReady() {
  return katex !== null;
}

/** A `math` element, or null where the source cannot be read. */
export function mathNode(source, display) {
  try {
    return build(katex.__renderToDomTree(source, { ...SETTINGS, displayMode: display }));
  } catch {
    return null;
  }
}

function build(tree) {
  const math = find(tree);
  return math ? element(math) : null;
}

function find(node) {
  if (node.type === 'math') return node;
  for (const child of node.children ?? []) {
    const found = find(child);
    if (found) return found;
  }
  return null;
}

function element(node) {
  if (node.type === undefined) return leaf(node);
  if (!ELEMENTS.has(node.type)) return document.createDocumentFragment(); // the source as an annotation among them
  const made = document.createElementNS(MATHML, node.type);
  for (const [name, value] of Object.entries(node.attributes)) if (ATTRIBUTES.has(name)) made.setAttribute(name, value);
  made.append(...node.children.map(element));
  return made;
}

function leaf(node) {
  if (typeof node.text === 'string') return document.createTextNode(node.text);
  if (typeof node.character === 'string') return document.createTextNode(node.character);
  const made = node.children ? document.createDocumentFragment() : document.createElementNS(MATHML, 'mspace');
  if (node.children) made.append(...node.children.map(element));
  else made.setAttribute('width', `${Number(node.width) || 0}em`);
  return made;
}
