import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';
import { describe } from '../../problems.js';
import { chatLabel } from '../answer/generator-label.js';
import { body, phaseText, reasoning } from '../answer/said.js';

/** An earlier exchange of a conversation with the model alone: what was asked, and what became of it. */
class Turn extends ZkElement {
  static properties = { run: { attribute: false } };

  render() {
    const { run } = this;
    return html`<article class="answer card" aria-label=${run.question}>
      <h2 class="answer-question"><span class="visually-hidden">${t('answer')}: </span>${run.question}</h2>
      ${chatLabel(run)}
      ${run.phase === 'answered' ? nothing : html`<p class="answer-phase">${phaseText(run)} ${run.problem ? describe(run.problem).detail : nothing}</p>`}
      ${reasoning(run)}
      ${run.text ? html`<div class="answer-text">${body(run)}</div>` : nothing}
    </article>`;
  }
}

customElements.define('zk-turn', Turn);
