import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { isChat, isOpen } from '../../answer-run.js';
import { wholeSentences, withoutMarks } from '../../citations.js';
import { GrowingText } from '../../growing-text.js';
import { seconds, t } from '../../language.js';
import { plainText, read } from '../../markdown.js';
import { describe, describeWarning, technicalPart } from '../../problems.js';
import { chatLabel, generatorLabel } from './generator-label.js';
import { body, changedSources, citable, citationMark, phaseText, quoteOf, reasoning, searchedAs, unsupported } from './said.js';
import { route } from '../../route.js';
import './answer-actions.js';

/** What the label above an answer says already. */
const SAID_BY_LABEL = 'not-from-documents';

/** The answer as it comes in. What the eye sees grows by token; what is read aloud grows by sentence. */
class Answer extends ZkElement {
  static properties = { run: { attribute: false } };

  #spoken = { question: null, phase: '', position: 0 };
  #growing = new GrowingText(() => this.requestUpdate());

  updated() {
    this.#speak();
  }

  render() {
    const { run } = this;
    return html`
      <article class="answer card" data-phase=${run.phase} aria-labelledby="answer-title" aria-busy=${isOpen(run) ? 'true' : 'false'}>
        <h2 class="answer-question" id="answer-title"><span class="visually-hidden">${t('answer')}: </span>${run.question}</h2>
        ${isChat(run) ? chatLabel(run) : searchedAs(run)}
        ${this.#phase()} ${this.#problem()} ${reasoning(run)}
        ${run.text && run.phase !== 'no_evidence' ? html`<div class="answer-text" id="answer-text">${this.#body()}</div>` : nothing}
        ${run.phase === 'no_evidence' ? html`<p class="answer-hint">${t('noEvidenceHint')} <a href=${route.link({ view: 'documents' })} @click=${route.follow}>${t('navDocuments')}</a></p>` : nothing}
        ${run.response?.finish_reason === 'length' ? html`<p class="notice notice-warn">${t('truncated')}</p>` : nothing}
        ${changedSources(run)} ${this.#warnings()} ${unsupported(run)} ${this.#origin()}
        ${isOpen(run) ? nothing : html`<zk-answer-actions .run=${run}></zk-answer-actions>`}
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
    const { detail, remedy, technical } = describe(this.run.problem);
    return html`<div class="notice notice-bad" id="answer-problem" data-code=${this.run.problem.code}>
      <p><strong>${phaseText(this.run)}</strong></p>
      <p>${detail}</p>
      ${remedy ? html`<p>${remedy}</p>` : nothing}
      ${this.run.text || this.run.passages.length ? html`<p>${t('partialKept')}</p>` : nothing}
      ${technicalPart(technical, this.run.problem.code)}
      ${this.run.problem.retryable
        ? html`<button class="button" type="button" id="ask-again" @click=${() => this.tell('zk-ask-again')}>${t('askAgain')}</button>`
        : nothing}
      ${isChat(this.run) && !this.run.text
        ? html`<button class="button" type="button" id="ask-documents" @click=${() => this.tell('zk-ask-documents')}>${t('askDocuments')}</button>`
        : nothing}
    </div>`;
  }

  #body() {
    const { run } = this;
    const known = new Set(citable(run).map(({ number }) => number));
    const tokens = run.written ? this.#growing.read(run.text, isOpen(run)) : undefined;
    return body(run, { known, citation: (number) => citationMark(run, number, (event) => this.#open(event, number)), tokens });
  }

  #open(event, number) {
    event.preventDefault();
    this.tell('zk-open-passage', { number, quote: quoteOf(this.run, number, event.currentTarget) });
  }

  #warnings() {
    const warnings = (this.run.response?.warnings ?? []).filter(({ code }) => code !== SAID_BY_LABEL);
    if (warnings.length === 0) return nothing;
    return html`<ul class="notice notice-warn answer-warnings" aria-label=${t('warnings')}>
      ${warnings.map(warningLine)}
    </ul>`;
  }

  #origin() {
    const { response } = this.run;
    if (!response) return nothing;
    if (isChat(this.run)) return html`<footer class="answer-origin"><p class="answer-meta">${chatMeta(response)}</p></footer>`;
    const time = response.timings_ms?.total;
    return html`<footer class="answer-origin">
      ${this.run.phase === 'answered' && response.generator ? generatorLabel(response.generator) : nothing}
      ${time === undefined ? nothing : html`<p class="answer-meta">${t('meta', this.run.passages.length, seconds(time))}</p>`}
    </footer>`;
  }

  #speak() {
    const { run } = this;
    if (run.question !== this.#spoken.question || (run.phase === 'searching' && this.#spoken.phase !== 'searching')) this.#fallSilent();
    if (run.phase === 'no_evidence') this.#spoken.position = run.text.length; // said in the language of the page
    if (run.text.length < this.#spoken.position) this.#spoken.position = 0; // withdrawn, and another one follows
    const { sentences, position } = isOpen(run) ? wholeSentences(run.text, this.#spoken.position) : theRest(run.text, this.#spoken.position);
    this.#say(sentences);
    this.#spoken.position = position;
    if (this.#spoken.phase !== run.phase) this.#say(run.phase === 'failed' ? describe(run.problem).detail : phaseText(run));
    this.#spoken.phase = run.phase;
  }

  /** Another run: nothing of it was spoken yet; one that was over before, as in a conversation one goes back to, is not spoken again. */
  #fallSilent() {
    const { question, phase, text } = this.run;
    this.#spoken = isOpen(this.run) ? { question, phase: '', position: 0 } : { question, phase, position: text.length };
    this.querySelector('#answer-spoken').replaceChildren();
  }

  #say(text) {
    const sentence = withoutMarks(this.run.written ? plainText(read(text)) : text);
    if (sentence === '') return;
    const spoken = document.createElement('p');
    spoken.textContent = sentence;
    this.querySelector('#answer-spoken').append(spoken);
  }
}

function warningLine(warning) {
  const { detail, technical } = describeWarning(warning);
  return html`<li data-code=${warning.code}>${detail} ${technicalPart(technical)}</li>`;
}

function theRest(text, from) {
  return { sentences: text.slice(from), position: text.length };
}

function chatMeta({ generator, timings_ms: timings }) {
  const parts = [generator?.model ? t('byModel', generator.model) : '', timings ? seconds(timings.total) : ''];
  return parts.filter(Boolean).join(' · ');
}

customElements.define('zk-answer', Answer);
