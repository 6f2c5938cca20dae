import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { isOpen } from '../../answer-run.js';
import { cutAtCitations, wholeSentences, withoutMarks } from '../../citations.js';
import { seconds, t } from '../../language.js';
import { describe } from '../../problems.js';
import { generatorLabel } from './generator-label.js';

/** The answer as it comes in. What the eye sees grows by token; what is read aloud grows by sentence. */
class Answer extends ZkElement {
  static properties = { run: { attribute: false } };

  #spoken = { phase: '', position: 0 };

  updated() {
    this.#speak();
  }

  render() {
    const { run } = this;
    return html`
      <article class="answer card" data-phase=${run.phase} aria-labelledby="answer-title" aria-busy=${isOpen(run) ? 'true' : 'false'}>
        <h2 class="answer-question" id="answer-title"><span class="visually-hidden">${t('answer')}: </span>${run.question}</h2>
        ${this.#phase()} ${this.#problem()} ${this.#reasoning()}
        ${run.text ? html`<div class="answer-text" id="answer-text">${this.#paragraphs()}</div>` : nothing}
        ${run.phase === 'no_evidence' ? html`<p class="answer-hint">${t('noEvidenceHint')}</p>` : nothing}
        ${run.response?.finish_reason === 'length' ? html`<p class="notice notice-warn">${t('truncated')}</p>` : nothing}
        ${this.#warnings()} ${this.#origin()}
      </article>
      <div class="visually-hidden" aria-live="polite" aria-atomic="false" id="answer-spoken"></div>`;
  }

  #phase() {
    const { run } = this;
    if (run.phase === 'reading' && run.text) return html`<div class="answer-progress" aria-hidden="true"></div>`;
    if (isOpen(run)) return html`<p class="answer-phase" id="answer-phase">${phaseText(run)}</p><div class="answer-progress" aria-hidden="true"></div>`;
    if (['stopped', 'no_evidence', 'passages'].includes(run.phase)) return html`<p class="answer-phase" id="answer-phase">${phaseText(run)}</p>`;
    return nothing;
  }

  #problem() {
    if (this.run.phase !== 'failed') return nothing;
    const { detail, remedy } = describe(this.run.problem);
    return html`<div class="notice notice-bad" id="answer-problem" data-code=${this.run.problem.code}>
      <p><strong>${phaseText(this.run)}</strong></p>
      <p>${detail}</p>
      ${remedy ? html`<p>${remedy}</p>` : nothing}
      ${this.run.text || this.run.passages.length ? html`<p>${t('partialKept')}</p>` : nothing}
      ${this.run.problem.retryable
        ? html`<button class="button" type="button" id="ask-again" @click=${() => this.tell('zk-ask-again')}>${t('askAgain')}</button>`
        : nothing}
    </div>`;
  }

  #reasoning() {
    if (!this.run.reasoning) return nothing;
    return html`<details class="answer-reasoning"><summary>${t('reasoning')}</summary><div class="pre">${this.run.reasoning}</div></details>`;
  }

  #paragraphs() {
    const known = new Set(this.#citable().map(({ number }) => number));
    const paragraphs = this.run.text.split(/\n{2,}/).filter((paragraph) => paragraph.trim() !== '');
    return paragraphs.map((paragraph) => html`<p>${cutAtCitations(paragraph, known).map((piece) => this.#piece(piece))}</p>`);
  }

  // While the answer grows, any retrieved passage can be meant; at the end only the citations that were checked count.
  #citable() {
    return this.run.response?.citations ?? this.run.passages;
  }

  #piece({ text, number }) {
    if (number === undefined) return text;
    const cited = this.#citable().find((candidate) => candidate.number === number);
    return html`<a class="citation" href=${`#passage-${number}`} data-number=${number} aria-label=${t('citation', number, cited.name)}
      title=${cited.name} @click=${(event) => this.#open(event, number)}>${number}</a>`;
  }

  #open(event, number) {
    event.preventDefault();
    this.tell('zk-open-passage', number);
  }

  #warnings() {
    const warnings = this.run.response?.warnings ?? [];
    if (warnings.length === 0) return nothing;
    return html`<ul class="notice notice-warn answer-warnings" aria-label=${t('warnings')}>
      ${warnings.map(({ code, detail, remedy }) => html`<li data-code=${code}>${detail} ${remedy ?? nothing}</li>`)}
    </ul>`;
  }

  #origin() {
    const { response } = this.run;
    if (!response) return nothing;
    const time = response.timings_ms?.total;
    return html`<footer class="answer-origin">
      ${this.run.phase === 'answered' && response.generator ? generatorLabel(response.generator) : nothing}
      ${time === undefined ? nothing : html`<p class="answer-meta">${t('meta', this.run.passages.length, seconds(time))}</p>`}
    </footer>`;
  }

  #speak() {
    const { run } = this;
    if (run.phase === 'searching' && this.#spoken.phase !== 'searching') this.#fallSilent();
    const { sentences, position } = isOpen(run) ? wholeSentences(run.text, this.#spoken.position) : theRest(run.text, this.#spoken.position);
    this.#say(sentences);
    this.#spoken.position = position;
    if (this.#spoken.phase !== run.phase) this.#say(run.phase === 'failed' ? describe(run.problem).detail : phaseText(run));
    this.#spoken.phase = run.phase;
  }

  #fallSilent() {
    this.#spoken = { phase: '', position: 0 };
    this.querySelector('#answer-spoken').replaceChildren();
  }

  #say(text) {
    const sentence = withoutMarks(text);
    if (sentence === '') return;
    const spoken = document.createElement('p');
    spoken.textContent = sentence;
    this.querySelector('#answer-spoken').append(spoken);
  }
}

function theRest(text, from) {
  return { sentences: text.slice(from), position: text.length };
}

function phaseText(run) {
  if (run.phase === 'failed' && run.text) return t('phase_incomplete');
  const value = { reading: run.passages.length, queued: run.position, progress: run.progress }[run.phase];
  return t(`phase_${run.phase}`, value);
}

customElements.define('zk-answer', Answer);
