// What a model writes, read as Markdown: a tree of tokens, of which the page builds nodes of its own. No HTML is made of it anywhere.
import { Marked } from 'marked';

/** Longest text, and longest part of it without a blank line, that are read as Markdown, in UTF-16 units; a formula has 2,000 at most. */
const MAX_TEXT = 100_000;
const MAX_BLOCK = 12_000;
/** Marks that open and open and never close take the reader time that grows with their square. */
const ENDLESS = /([[\]()<>!$\\])(?:[ \t\n]*\1){150}/;

const CITATION = /^\[(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\](?!\()/;
const UNPROVED = /^\[\?\]/;
const FORMULA_BLOCK = /^(?:\$\$([^$]{1,2000})\$\$|\\\[((?:(?!\\[[\]])[\s\S]){1,2000})\\\])[ \t]*(?:\n+|$)/;
/** An amount is no formula: what opens has no blank behind it, what closes none before it and no digit behind it. */
const FORMULA =
  /^(?:\$\$([^$]{1,2000})\$\$|\\\(((?:(?!\\[()]).){1,2000})\\\)|\\\[((?:(?!\\[[\]])[\s\S]){1,2000})\\\]|\$(?![\s$])((?:\\.|[^\\$\n]){0,2000}?[^\s\\$])\$(?!\d))/;
/** Bold beside Chinese punctuation: by the rules of Markdown the second mark of `**年假：**五天` would end nothing. */
const STRONG = /^\*\*(?![\s*])((?:[^*`\n]|\n(?!\s*\n)){0,500}?[^\s*`])\*\*(?!\*)/;

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&', '&quot;': '"', '&#39;': "'", '&nbsp;': '\u00a0' };

const formula = (match, display) => {
  const [raw, ...groups] = match;
  return { type: 'formula', raw, source: groups.find((group) => group !== undefined).trim(), display };
};

const reader = new Marked({ gfm: true, breaks: true });
reader.use({
  // Addresses defined at the end of a text would turn citations into links.
  tokenizer: { def() {} },
  extensions: [
    {
      name: 'formula-block',
      level: 'block',
      start: (text) => text.search(/^(?:\$\$|\\\[)/m),
      tokenizer(text) {
        const match = FORMULA_BLOCK.exec(text);
        return match ? formula(match, true) : undefined;
      },
    },
    inline('formula', /\$|\\[([]/, FORMULA, (match) => formula(match, match[1] !== undefined || match[3] !== undefined)),
    inline('citation', /\[\d/, CITATION, ([raw, numbers]) => ({ type: 'citation', raw, numbers: numbers.split(/\s*[,，、]\s*/).map(Number) })),
    inline('unproved', /\[\?\]/, UNPROVED, ([raw]) => ({ type: 'unproved', raw })),
    {
      name: 'strong-cjk',
      level: 'inline',
      start: (text) => text.indexOf('**'),
      tokenizer(text) {
        const match = STRONG.exec(text);
        return match ? { type: 'strong', raw: match[0], text: match[1], tokens: this.lexer.inlineTokens(match[1]) } : undefined;
      },
    },
  ],
});

function inline(name, begins, whole, token) {
  return {
    name,
    level: 'inline',
    start: (text) => text.search(begins),
    tokenizer(text) {
      const match = whole.exec(text);
      return match ? token(match) : undefined;
    },
  };
}

/** The tokens of a text; one paragraph of it as it stands where it cannot be read. */
export function read(text) {
  if (isTooMuch(text)) return asItStands(text);
  try {
    return reader.lexer(text);
  } catch {
    return asItStands(text); // nested deeper than the stack is
  }
}

function isTooMuch(text) {
  return text.length > MAX_TEXT || ENDLESS.test(text) || text.split(/\n[ \t]*\n/).some((block) => block.length > MAX_BLOCK);
}

function asItStands(text) {
  return [{ type: 'paragraph', raw: text, tokens: [{ type: 'text', raw: text, text }] }];
}

/** The words of a text token, with the few entities that models write. */
export function wordsOf(token) {
  return token.text.replace(/&(?:lt|gt|amp|quot|#39|nbsp);/g, (entity) => ENTITIES[entity]);
}

/**
 * A text that is still being written, such that what is shown does not jump when the rest arrives: marks that are open are closed, and a table
 * of which only the head is there waits for its second line.
 */
export function soFar(text) {
  const fences = text.match(/^ {0,3}(?:```|~~~)/gm) ?? [];
  if (fences.length % 2 === 1) return text;
  const begin = text.lastIndexOf('\n\n') + 1;
  const [before, last] = [text.slice(0, begin), text.slice(begin)];
  if (/^\s*\|[^\n]*(?:\n[|:\s-]*)?$/.test(last)) return before;
  if (count(last, /\$\$/g) % 2 === 1) return before + last.slice(0, last.lastIndexOf('$$'));
  const open = /\\[([](?:(?!\\[)\]])[\s\S])*$/.exec(last);
  if (open) return before + last.slice(0, open.index);
  if (count(last, /`/g) % 2 === 1) return last.endsWith('`') ? before + last.slice(0, -1) : `${text}\``;
  if (count(last, /\*\*/g) % 2 === 1) return last.endsWith('**') ? before + last.slice(0, -2) : `${text.replace(/\s+$/, '').replace(/\*$/, '')}**`;
  return before + last.replace(/(?:\[[\d?,，、\s]*|\*|\\)$/, '');
}

function count(text, pattern) {
  return (text.match(pattern) ?? []).length;
}

/** What is read aloud and copied as plain text: the words without marks; a formula and code as their source, cells apart. */
export function plainText(tokens) {
  return tokens.map(plainBlock).join('').replace(/\n{3,}/g, '\n\n').trim();
}

function plainBlock(token) {
  switch (token.type) {
    case 'space':
      return '\n';
    case 'hr':
      return '\n';
    case 'code':
      return `${token.text}\n\n`;
    case 'formula':
      return `${token.source}\n\n`;
    case 'list':
      return `${token.items.map((item, i) => `${token.ordered ? `${Number(token.start || 1) + i}.` : '-'} ${plainText(item.tokens)}`).join('\n')}\n\n`;
    case 'table':
      return `${[token.header, ...token.rows].map((row) => row.map((cell) => plainInline(cell.tokens)).join('\t')).join('\n')}\n\n`;
    case 'blockquote':
      return `${plainText(token.tokens)}\n\n`;
    default:
      return token.tokens ? `${plainInline(token.tokens)}\n\n` : plainInline([token]);
  }
}

function plainInline(tokens) {
  return tokens.map(plainWords).join('');
}

function plainWords(token) {
  if (token.type === 'citation') return `[${token.numbers.join(', ')}]`;
  if (token.type === 'unproved' || token.type === 'checkbox') return '';
  if (token.type === 'formula') return token.source;
  if (token.type === 'br') return '\n';
  if (token.tokens) return plainInline(token.tokens);
  return token.type === 'text' ? wordsOf(token) : (token.text ?? token.raw);
}
