// Finding the citation marks in an answer, and quotes in a passage. Pure functions over text; rendering is elsewhere.
import { likeness } from './quote-match.js';

const MARK = /\[(\d{1,2}(?:\s*[,，、]\s*\d{1,2})*)\]/g;

/** Cuts text into pieces `{text}` and `{number}`. Only numbers in `known` become citations; any other stays text. */
export function cutAtCitations(text, known) {
  const pieces = [];
  let from = 0;
  for (const match of text.matchAll(MARK)) {
    const numbers = match[1].split(/\s*[,，、]\s*/).map(Number);
    if (!numbers.some((number) => known.has(number))) continue;
    if (match.index > from) pieces.push({ text: text.slice(from, match.index) });
    pieces.push(...numbers.map((number) => (known.has(number) ? { number } : { text: `[${number}]` })));
    from = match.index + match[0].length;
  }
  if (from < text.length) pieces.push({ text: text.slice(from) });
  return pieces;
}

/** The places one can step through: each quote of each passage in their order, and passages that are not cited, with an empty quote. */
export function stopsOf({ passages, response }) {
  return passages.flatMap(({ number }) => {
    const quotes = (response?.citations ?? []).filter((citation) => citation.number === number).map(({ quote }) => quote ?? '');
    return quotes.length === 0 ? [{ number, quote: '' }] : [...new Set(quotes)].map((quote) => ({ number, quote }));
  });
}

/** Which of the quotes of one number is meant by a mark behind these words of the answer: the one that shares most with them. */
export function meantQuote(citations, words) {
  const quotes = citations.map(({ quote }) => quote ?? '');
  const alike = quotes.map((quote) => likeness(quote, words));
  return quotes[alike.indexOf(Math.max(...alike))] ?? '';
}

/** The text as it is read aloud: without marks. */
export function withoutMarks(text) {
  return text.replace(MARK, '').trim();
}

/** Cuts text into pieces `{text, quoted}`; quotes that overlap are marked as one. Quotes not found word for word mark nothing. */
export function cutAtQuotes(text, quotes) {
  const pieces = [];
  let from = 0;
  for (const { start, end } of spans(text, quotes)) {
    if (start > from) pieces.push({ text: text.slice(from, start), quoted: false });
    pieces.push({ text: text.slice(Math.max(start, from), end), quoted: true });
    from = end;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), quoted: false });
  return pieces;
}

function spans(text, quotes) {
  const found = quotes
    .map((quote) => ({ start: quote === '' ? -1 : text.indexOf(quote), length: quote.length }))
    .filter(({ start }) => start >= 0)
    .map(({ start, length }) => ({ start, end: start + length }))
    .sort((a, b) => a.start - b.start);
  const merged = [];
  for (const span of found) {
    const last = merged.at(-1);
    if (last && span.start <= last.end) last.end = Math.max(last.end, span.end);
    else merged.push(span);
  }
  return merged;
}

/** The whole sentences of a text that is still growing, from a position on, and the position after them. */
export function wholeSentences(text, from) {
  const rest = text.slice(from);
  const ends = [...rest.matchAll(/[。！？!?\n]+|\.(?=\s)/g)];
  const last = ends.at(-1);
  const length = last ? last.index + last[0].length : 0;
  return { sentences: rest.slice(0, length).trim(), position: from + length };
}
