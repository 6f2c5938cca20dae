import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { afterwards } from '../../afterwards.js';
import { isChat } from '../../answer-run.js';
import { t } from '../../language.js';
import { describe } from '../../problems.js';
import { chatLabel, generatorLabel } from '../answer/generator-label.js';
import { body, changedSources, citable, citationMark, phaseText, quoteOf, reasoning, searchedAs } from '../answer/said.js';

/** An earlier exchange of a conversation: what was asked, and what became of it. Its citations open what they rest on. */
class Turn extends ZkElement {
  static properties = { run: { attribute: false } };

  #outOfSight = false;

  connected(signal) {
    this.addEventListener('contentvisibilityautostatechange', ({ skipped }) => (this.#outOfSight = skipped), { signal });
  }

  /** Nobody waits for what is out of sight: in a long conversation those that are seen change first. */
  async scheduleUpdate() {
    if (this.hasUpdated && this.#outOfSight) await afterwards();
    await super.scheduleUpdate();
  }

  render() {
    const { run } = this;
    return html`<article class="turn card" aria-label=${run.question}>
      <h2 class="answer-question"><span class="visually-hidden">${t('answer')}: </span>${run.question}</h2>
      ${isChat(run) ? chatLabel(run) : searchedAs(run)}
      ${run.phase === 'answered' ? nothing : html`<p class="answer-phase">${phaseText(run)} ${run.problem ? describe(run.problem).detail : nothing}</p>`}
      ${reasoning(run)}
      ${run.text && run.phase !== 'no_evidence' ? html`<div class="answer-text">${this.#body()}</div>` : nothing}
      ${changedSources(run)}
      ${!isChat(run) && run.phase === 'answered' && run.response?.generator?.ai_generated ? generatorLabel(run.response.generator) : nothing}
    </article>`;
  }

  #body() {
    const { run } = this;
    if (isChat(run)) return body(run);
    const known = new Set(citable(run).map(({ number }) => number));
    return body(run, { known, citation: (number) => citationMark(run, number, (event) => this.#open(event, number)) });
  }

  #open(event, number) {
    event.preventDefault();
    this.tell('zk-open-passage', { number, quote: quoteOf(this.run, number, event.currentTarget) });
  }
}

customElements.define('zk-turn', Turn);
