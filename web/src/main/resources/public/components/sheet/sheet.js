import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { session } from '../../api.js';
import { carried } from '../../carried.js';
import { copyText } from '../../clipboard.js';
import { runOf } from '../../conversation.js';
import { keptConversations } from '../../kept-conversations.js';
import { dateTime, language, t } from '../../language.js';
import { learn } from '../../messages.js';
import { SHEET } from '../../messages-sheet.js';
import { describe } from '../../problems.js';
import { route } from '../../route.js';
import { body, searchedAs } from '../answer/said.js';
import { generatorLabel } from '../answer/generator-label.js';
import { quotesOf } from './quotes.js';
import { placesOf, sharedLink, sharedPlaces } from './shared.js';

learn(SHEET);

/**
 * Answers with everything they rest on, to be printed or kept: those of a conversation (`#c=`), one or several; one that is not kept, as long as
 * the page stands; or, by a link that somebody was sent (`&places=`), the places alone, each with the rights of whoever opens it.
 */
class Sheet extends ZkView {
  static properties = { answers: { state: true }, without: { state: true }, problem: { state: true }, said: { state: true } };

  #shownFor = null;

  constructor() {
    super();
    this.view = 'sheet';
    Object.assign(this, { answers: null, without: new Set(), problem: null, said: '' });
  }

  connected(signal) {
    super.connected(signal);
    for (const source of [route, session, language]) source.addEventListener('change', () => this.#followAddress(), { signal });
    this.#followAddress();
  }

  async #followAddress() {
    const wanted = this.hidden || session.signedOut ? null : location.href;
    if (wanted === this.#shownFor) return;
    this.#shownFor = wanted;
    if (wanted === null || route.get('places')) return;
    Object.assign(this, { answers: null, problem: null, without: new Set() });
    try {
      const answers = await this.#read();
      if (wanted === this.#shownFor) this.answers = answers;
    } catch (problem) {
      if (wanted === this.#shownFor) this.problem = problem;
    }
  }

  /** The answers of the address; where it names one of a conversation, the others are left out until they are chosen. */
  async #read() {
    const id = route.conversation;
    if (!id) return carried.run ? [{ run: carried.run, at: null }] : [];
    const { items } = (await keptConversations.read(id, null)) ?? { items: [] };
    const answers = items.map((turn) => ({ run: runOf(turn, id), at: turn.asked_at })).filter(({ run }) => run.text);
    const one = Number(route.get('answer'));
    if (one) this.without = new Set(answers.filter(({ run }) => run.number !== one).map(({ run }) => run.number));
    return answers;
  }

  render() {
    if (this.hidden) return nothing;
    const places = placesOf(route.get('places'));
    return html`<section class="sheet" aria-labelledby="sheet-title">
      <header class="sheet-header"><h1 id="sheet-title">${t('sheetTitle')}</h1>
        <p class="sheet-soft">${t('sheetMade', dateTime(new Date()), session.who?.name ?? t('sheetNobody'))}</p></header>
      ${places.length > 0 ? sharedPlaces(route.get('q'), places) : this.#answers()}
    </section>`;
  }

  #answers() {
    if (this.problem) return html`<p class="notice notice-bad" role="alert">${describe(this.problem).detail}</p>`;
    if (!this.answers) return html`<p class="sheet-soft">${t('sheetLoading')}</p>`;
    if (this.answers.length === 0) return html`<p class="notice" id="sheet-empty">${t('sheetEmpty')}</p>`;
    const shown = this.answers.filter(({ run }) => !this.without.has(run.number));
    return html`${this.#tools(shown)} ${shown.map((answer) => this.#answer(answer))}`;
  }

  #tools(shown) {
    return html`<div class="sheet-tools card">
      ${this.answers.length < 2 ? nothing : html`<fieldset><legend>${t('sheetChoose')}</legend>${this.answers.map(
        ({ run }) => html`<label><input type="checkbox" .checked=${!this.without.has(run.number)} @change=${() => this.#toggle(run.number)}> ${run.question}</label>`,
      )}</fieldset>`}
      <p class="sheet-buttons"><button class="button button-primary" type="button" id="sheet-print" ?disabled=${shown.length === 0} @click=${() => window.print()}>${t('sheetPrint')}</button>
        <button class="button" type="button" id="sheet-link" ?disabled=${shown.length === 0} @click=${() => this.#share(shown)}>${t('sheetLink')}</button>
        <span role="status">${this.said}</span></p>
      <p class="sheet-soft">${t('sheetLinkAbout')}</p></div>`;
  }

  #toggle(number) {
    const without = new Set(this.without);
    if (!without.delete(number)) without.add(number);
    this.without = without;
  }

  async #share(shown) {
    this.said = t((await copyText(sharedLink(shown.map(({ run }) => run)))) ? 'copied' : 'copyFailed');
  }

  #answer({ run, at }) {
    const citations = run.response?.citations ?? [];
    const known = new Set(citations.map(({ number }) => number));
    return html`<article class="sheet-answer" lang=${nothing}>
      <h2>${run.question}</h2>
      ${at ? html`<p class="sheet-soft">${t('sheetAsked', dateTime(at))}</p>` : nothing}
      ${searchedAs(run)}
      <div class="sheet-text written">${body(run, { known, citation: (number) => html`<span class="sheet-mark">[${number}]</span>` })}</div>
      ${run.response?.generator ? generatorLabel(run.response.generator) : nothing}
      ${quotesOf(citations, run.changed ?? [])}
    </article>`;
  }
}

customElements.define('zk-sheet', Sheet);
