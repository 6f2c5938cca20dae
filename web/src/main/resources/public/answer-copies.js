// What is copied of an answer: its words, or Markdown with the sources that it cites.
import { withoutMarks } from './citations.js';
import { t } from './language.js';
import { plainText, read } from './markdown.js';
import { nameOf, placeOf } from './places.js';

/** The words alone, as they are pasted into a letter. */
export function asText({ text, written }) {
  return withoutMarks(written ? plainText(read(text)) : text);
}

/** The answer as it was written, what wrote it, and the place and words of each citation. */
export function asMarkdown(run) {
  const label = run.written ? `*${t('aiGenerated')}*` : '';
  return [`## ${run.question.replace(/\s+/g, ' ')}`, label, run.text.trim(), sources(run)].filter(Boolean).join('\n\n');
}

function sources({ response }) {
  const citations = response?.citations ?? [];
  if (citations.length === 0) return '';
  return [`${t('sources')}`, ...citations.map(source)].join('\n\n');
}

function source(citation) {
  const place = [citation.path && !citation.entry ? citation.path : nameOf(citation), placeOf(citation)].filter(Boolean).join(', ');
  const quote = (citation.quote ?? '').trim().replace(/\n/g, '\n> ');
  return `[${citation.number}] ${place}${quote ? `\n\n> ${quote}` : ''}`;
}
