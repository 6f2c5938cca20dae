// Questions that the collection itself suggests: what its headings are about, and the questions that it answers in their own words.
import { listDocuments, listPassages } from './api.js';

/** Questions shown, documents asked for, and passages of each that are looked at. */
const QUESTIONS = 3;
const DOCUMENTS = 40;
const PASSAGES = 12;

const HAN = /\p{Script=Han}/u;
/** Numbers that stand before a heading: 1.1, 第四章, 三、, (2). */
const NUMBERING = /^(?:第[\d零〇一二三四五六七八九十百]+[章节節条條款]|[(（]?[\d一二三四五六七八九十]+(?:[.．]\d+)*[)）.．、]?)\s+|^[一二三四五六七八九十]+、/u;

/** The question that the passages of one document suggest, as `{heading}` or `{question}`, or null. */
export function suggestedBy(passages) {
  const headings = passages.map(({ heading }) => heading ?? []);
  const question = headings.flat().find((heading) => /[?？]$/.test(heading) && isShort(heading));
  if (question) return { question };
  // The first heading is the title as a rule; what stands below one says more.
  const inner = headings.filter((heading) => heading.length > 1).map((heading) => heading.at(-1));
  const heading = [...inner, ...headings.slice(1).map((all) => all.at(-1))].map(withoutNumber).find((words) => words && isShort(words));
  return heading ? { heading } : null;
}

/** Whether words are Chinese, so that a question about them is asked in it. */
export function isChinese(words) {
  return HAN.test(words);
}

function withoutNumber(heading) {
  return (heading ?? '').replace(NUMBERING, '').trim();
}

function isShort(words) {
  const length = [...words].length;
  return length >= 2 && length <= (HAN.test(words) ? 24 : 60) && /\p{L}{2}/u.test(words);
}

/** Looks at some documents, those in the reader's language first; `{suggestions, samples}`, the second whether all of them are samples. */
export async function suggest(language, sampleSource, signal) {
  const { items } = await listDocuments({ state: 'indexed', limit: DOCUMENTS }, signal);
  const chinese = language.startsWith('zh');
  const spoken = (item) => Number((item.language ?? '').startsWith('zh') === chinese);
  const chosen = spread(items.filter(spoken)).concat(spread(items.filter((item) => !spoken(item))));
  const suggestions = [];
  for (const { id } of chosen.slice(0, 2 * QUESTIONS)) {
    const found = suggestedBy((await listPassages(id, PASSAGES, signal)).items);
    if (found) suggestions.push(found);
    if (suggestions.length === QUESTIONS) break;
  }
  return { suggestions, samples: items.length > 0 && items.every(({ source }) => source === sampleSource) };
}

/** From all over the list, so that one folder does not suggest all of them. */
function spread(items) {
  const step = Math.max(1, Math.floor(items.length / QUESTIONS));
  return items.filter((_, i) => i % step === 0).concat(items.filter((_, i) => i % step !== 0));
}
