// Finding a quote in texts that write it differently: another width or case of letters, other spaces, line breaks and punctuation, another order of
// the lines. Pure functions over text; rendering is elsewhere.

const WORDS = /[\p{L}\p{N}\p{M}]/u;
const NO_SPACE = /\S/u;
/** Shortest part that is worth a mark where the quote as a whole is not found. */
const SHORTEST_PART = 6;
/** Share of a quote that its parts must cover, so that what is marked is the quote. */
const ENOUGH = 0.6;

/** What of a text is compared: `text`, and for each of its units where it stands (`start`, `end`) in the text given. */
function compared(text, kept) {
  const found = { text: '', start: [], end: [] };
  let at = 0;
  for (const character of text) {
    for (const unit of character.normalize('NFKC').toLowerCase()) {
      if (!kept.test(unit)) continue;
      found.text += unit;
      for (let i = 0; i < unit.length; i++) {
        found.start.push(at);
        found.end.push(at + character.length);
      }
    }
    at += character.length;
  }
  return found;
}

/**
 * Where a quote stands in consecutive texts, as `{index, start, end}` of each text that has a part of it; empty where it is not found. Of several
 * places the first from the text `preferred` on is taken.
 */
export function findQuote(texts, quote, preferred = 0) {
  const words = compared(quote, WORDS).text;
  const kept = words === '' ? NO_SPACE : WORDS;
  const wanted = words || compared(quote, NO_SPACE).text;
  if (wanted === '') return [];
  const all = texts.map((text) => compared(text, kept));
  const joined = all.map(({ text }) => text).join('');
  const from = all.slice(0, preferred).reduce((sum, { text }) => sum + text.length, 0);
  return runs(joined, wanted, from).flatMap(({ start, end }) => placed(all, start, end));
}

/** Every place of a phrase in one text, as `{start, end}`. */
export function occurrencesOf(text, phrase) {
  const wanted = compared(phrase, WORDS).text;
  const all = compared(text, WORDS);
  const found = [];
  for (let at = wanted ? all.text.indexOf(wanted) : -1; at >= 0; at = all.text.indexOf(wanted, at + wanted.length)) {
    found.push({ start: all.start[at], end: all.end[at + wanted.length - 1] });
  }
  return found;
}

function runs(joined, wanted, from) {
  const whole = indexFrom(joined, wanted, from);
  return whole >= 0 ? [{ start: whole, end: whole + wanted.length }] : parts(joined, wanted, from);
}

function indexFrom(joined, wanted, from) {
  const after = joined.indexOf(wanted, from);
  return after >= 0 ? after : joined.indexOf(wanted);
}

/** The longest parts of the quote one after the other, wherever each stands. */
function parts(joined, wanted, from) {
  const found = [];
  let covered = 0;
  let at = 0;
  while (at + SHORTEST_PART <= wanted.length) {
    let length = 0;
    let place = -1;
    for (let longer = SHORTEST_PART; at + longer <= wanted.length; longer++) {
      const next = indexFrom(joined, wanted.slice(at, at + longer), from);
      if (next < 0) break;
      [place, length] = [next, longer];
    }
    if (length > 0) found.push({ start: place, end: place + length });
    covered += length;
    at += length || 1;
  }
  return covered >= wanted.length * ENOUGH ? found : [];
}

/** A stretch of the joined texts, cut where one ends and the next begins. */
function placed(all, start, end) {
  const found = [];
  let offset = 0;
  all.forEach((one, index) => {
    const first = Math.max(start - offset, 0);
    const last = Math.min(end - offset, one.text.length) - 1;
    if (first <= last) found.push({ index, start: one.start[first], end: one.end[last] });
    offset += one.text.length;
  });
  return found;
}

/** Cuts the text from `start` to `end` into pieces `{text, mark}` by marks `{start, end, kind}`; where two overlap the first given counts. */
export function cutAtMarks(text, marks, start = 0, end = text.length) {
  const borders = new Set([start, end]);
  for (const mark of marks) for (const border of [mark.start, mark.end]) if (border > start && border < end) borders.add(border);
  const sorted = [...borders].sort((a, b) => a - b);
  return sorted.slice(1).map((to, i) => {
    const from = sorted[i];
    return { text: text.slice(from, to), mark: marks.find((mark) => mark.start <= from && to <= mark.end)?.kind ?? null };
  });
}

/** How alike two texts are, from 0 to 1, by the pairs of letters that they share. */
export function likeness(one, other) {
  const [a, b] = [pairs(one), pairs(other)];
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return shared / Math.min(a.size, b.size);
}

function pairs(text) {
  const { text: words } = compared(text, WORDS);
  return new Set([...words].slice(1).map((unit, i) => words[i] + unit));
}
