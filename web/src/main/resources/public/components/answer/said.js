// What an answer is made of wherever it is shown: as it comes in, or as an earlier exchange of a conversation.
import { html, nothing } from 'lit';
import { cutAtCitations } from '../../citations.js';
import { t } from '../../language.js';

/** Folded: who asks wants the answer; how the model came to it is at hand. */
export function reasoning(run) {
  if (!run.reasoning) return nothing;
  return html`<details class="answer-reasoning"><summary>${t('reasoning')}</summary><div class="pre">${run.reasoning}</div></details>`;
}

/** Folded: what the model wrote where the documents carry too little of it and are quoted instead. */
export function unsupported(run) {
  const text = run.response?.unsupported_answer;
  if (!text) return nothing;
  return html`<details class="answer-reasoning" id="unsupported-answer"><summary>${t('unsupportedAnswer')}</summary><div class="pre">${text}</div></details>`;
}

/** Paragraphs of text; `citation` renders the marks whose number is in `known`, any other stays text. */
export function paragraphs(text, known = new Set(), citation = () => nothing) {
  const all = text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
  const piece = ({ text: words, number }) => (number === undefined ? words : citation(number));
  return all.map((paragraph) => html`<p>${cutAtCitations(paragraph, known).map(piece)}</p>`);
}

/** What the run is doing, or how it ended, in a sentence. */
export function phaseText(run) {
  if (run.phase === 'failed' && run.text) return t('phase_incomplete');
  if (run.phase === 'reading' && run.reasoning && !run.text) return t('phase_thinking');
  if (run.mode === 'chat' && ['searching', 'reading'].includes(run.phase)) return t('phase_asking');
  const value = { reading: run.passages.length, queued: run.position, progress: run.progress }[run.phase];
  return t(`phase_${run.phase}`, value);
}
