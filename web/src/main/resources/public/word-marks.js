// Where the words that were looked for stand in a text, to mark them. What holds them the service says; this only shows where. Pure functions.
import { occurrencesOf } from './quote-match.js';

/** What stands in quotation marks, and what stands between blanks. */
const PIECE = /["“”]([^"“”]+)["“”]|「([^」]+)」|『([^』]+)』|([^\s"“”「」『』]+)/gu;
/** Words whose forms differ at their end. */
const PLAIN = /^[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{M}\p{N}'’]+$/u;
const TOKEN = /[\p{L}\p{M}\p{N}'’]+/gu;
/** Letters that another form of a word may have in other places at its end, and least letters that are alike. */
const ENDING = 3;
const ALIKE = 3;

/** The stretches `{start, end}` of a text that the words typed stand in, in order, none inside another. */
export function wordMarks(text, typed) {
  const found = [...typed.matchAll(PIECE)].flatMap(([, ...groups]) => {
    const piece = groups.find((group) => group !== undefined);
    return groups[3] !== undefined && PLAIN.test(piece) ? forms(text, piece) : occurrencesOf(text, piece);
  });
  found.sort((one, other) => one.start - other.start || other.end - one.end);
  return found.filter(({ start }, i) => found.slice(0, i).every(({ end }) => end <= start));
}

/** A part of a text around the first mark, cut between words, with the marks that lie in it. */
export function around(text, marks, length) {
  const first = marks[0]?.start ?? 0;
  const from = text.length <= length ? 0 : Math.max(0, Math.min(first - Math.floor(length / 3), text.length - length));
  const to = Math.min(text.length, from + length);
  const inside = marks.filter(({ start, end }) => start >= from && end <= to);
  return { text: text.slice(from, to), marks: inside.map(({ start, end }) => ({ start: start - from, end: end - from })), begins: from === 0, ends: to === text.length };
}

function forms(text, word) {
  const wanted = word.normalize('NFKC').toLowerCase();
  const least = Math.max(Math.min(ALIKE, wanted.length), wanted.length - ENDING);
  return [...text.matchAll(TOKEN)].filter(([token]) => isForm(token.normalize('NFKC').toLowerCase(), wanted, least)).map((match) => ({ start: match.index, end: match.index + match[0].length }));
}

function isForm(token, wanted, least) {
  let alike = 0;
  while (alike < wanted.length && token[alike] === wanted[alike]) alike++;
  return alike >= least && token.length - alike <= ENDING;
}
