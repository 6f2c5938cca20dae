// What an answer is made of wherever it is shown: as it comes in, or as an earlier exchange of a conversation.
import { html, nothing } from 'lit';
import { cutAtCitations, meantQuote } from '../../citations.js';
import { seconds, t } from '../../language.js';
import { read } from '../../markdown.js';
import { written } from './written.js';

const TOKENS = new WeakMap();

/** Folded: who asks wants the answer; how the model came to it is at hand. */
export function reasoning(run) {
  if (!run.reasoning) return nothing;
  const { from, to } = run.thought ?? {};
  const title = run.text && to > from ? t('thoughtFor', seconds(to - from)) : t('reasoning');
  return html`<details class="answer-reasoning"><summary>${title}</summary><div class="pre">${run.reasoning}</div></details>`;
}

/** Folded: what the model wrote where the documents carry too little of it and are quoted instead. */
export function unsupported(run) {
  const text = run.response?.unsupported_answer;
  if (!text) return nothing;
  return html`<details class="answer-reasoning" id="unsupported-answer"><summary>${t('unsupportedAnswer')}</summary><div class="pre">${text}</div></details>`;
}

/**
 * The text of an answer: Markdown where a model wrote it, else the words of the documents as they stand there. `citation` renders the marks whose
 * number is in `known`, any other stays text. `tokens` are given where the text is still growing.
 */
export function body(run, { known = new Set(), citation = () => nothing, tokens } = {}) {
  return run.written ? written(tokens ?? tokensOf(run), known, citation) : paragraphs(run.text, known, citation);
}

/** The tokens of a run's text, read once however often it is shown. */
function tokensOf(run) {
  if (!TOKENS.has(run)) TOKENS.set(run, read(run.text));
  return TOKENS.get(run);
}

function paragraphs(text, known, citation) {
  const all = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const piece = ({ text: words, number }) => (number === undefined ? words : citation(number));
  return all.map((paragraph) => html`<p>${cutAtCitations(paragraph, known).map(piece)}</p>`);
}

/** What the run is doing, or how it ended, in a sentence. */
export function phaseText(run) {
  if (run.phase === 'failed' && run.text) return t('phase_incomplete');
  if (run.phase === 'stopped' && !run.text) return t('phase_stopped_before');
  if (run.phase === 'reading' && run.reasoning && !run.text) return t('phase_thinking');
  if (run.mode === 'chat' && ['searching', 'reading'].includes(run.phase)) return t('phase_asking');
  const value = { reading: run.passages.length, queued: run.position, progress: run.progress }[run.phase];
  return t(`phase_${run.phase}`, value);
}

/** What marks of a run may cite: while the answer grows any passage that was found, at the end only the citations that were checked. */
export function citable({ response, passages }) {
  return response?.citations ?? passages;
}

/** A mark that opens its citation; `open` is given the event and the number. */
export function citationMark(run, number, open) {
  const cited = citable(run).find((candidate) => candidate.number === number);
  const found = run.written && cited.cited_by === 'service';
  const label = t(found ? 'citationByService' : 'citation', number, cited.name);
  return html`<a class="citation" href=${`#passage-${number}`} data-number=${number} data-by=${found ? 'service' : nothing} aria-label=${label}
    title=${label} @click=${(event) => open(event, number)}>${number}</a>`;
}

/** The quote of a run that a mark in its answer means. */
export function quoteOf({ response }, number, mark) {
  const cited = (response?.citations ?? []).filter((citation) => citation.number === number);
  return meantQuote(cited, wordsBefore(mark));
}

/** What a citation mark stands behind: the words since the mark before, in the same paragraph, item or cell. */
function wordsBefore(mark) {
  const block = mark.closest('p, li, td, th, h3, h4, h5, h6') ?? mark.parentElement;
  const range = document.createRange();
  range.setStart(block, 0);
  range.setEndBefore(mark);
  for (const other of [...block.querySelectorAll('a.citation')].reverse()) {
    const from = range.cloneRange();
    if (other === mark || range.comparePoint(other, 0) > 0) continue;
    from.setStartAfter(other);
    if (/[\p{L}\p{N}]/u.test(from.toString())) return from.toString();
  }
  return range.toString();
}

/** Of a follow-up, as what it was searched. */
export function searchedAs({ question, response }) {
  const searched = response?.standalone_question ?? '';
  return searched && searched !== question ? html`<p class="answer-searched">${t('searchedAs', searched)}</p>` : nothing;
}

/** The key of the message for a cited file that is not what it was. */
export function sourceIs(state) {
  return { gone: 'sourceGone', erased: 'sourceErased' }[state] ?? 'sourceChanged';
}

/** Cited files that are not what they were when the answer was given. */
export function changedSources({ changed = [] }) {
  if (changed.length === 0) return nothing;
  const line = ({ name, state }) => html`<li data-state=${state}>${t(sourceIs(state), name)}</li>`;
  return html`<div class="notice notice-warn answer-changed"><p>${t('changedSources')}</p><ul>${changed.map(line)}</ul></div>`;
}
