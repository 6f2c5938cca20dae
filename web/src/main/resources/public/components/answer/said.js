// What an answer is made of wherever it is shown: as it comes in, or as an earlier exchange of a conversation.
import { html, nothing } from 'lit';
import { cutAtCitations } from '../../citations.js';
import { seconds, t } from '../../language.js';
import { read } from '../../markdown.js';
import { written } from './written.js';

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
  return run.written ? written(tokens ?? read(run.text), known, citation) : paragraphs(run.text, known, citation);
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
