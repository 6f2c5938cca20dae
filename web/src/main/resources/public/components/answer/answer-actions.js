import { html, nothing } from 'lit';
import { asMarkdown, asText } from '../../answer-copies.js';
import { isChat } from '../../answer-run.js';
import { copyText } from '../../clipboard.js';
import { carried } from '../../carried.js';
import { keptConversations } from '../../kept-conversations.js';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';
import { describe } from '../../problems.js';
import { route } from '../../route.js';

/** How long it says that something was copied, in milliseconds. */
const SAID = 2_500;

/** A thumb as a drawing: not every system has letters for it. */
const thumb = (rating) => html`<svg viewBox="0 0 20 20" width="18" height="18" aria-hidden="true" focusable="false">
  <g fill="none" stroke="currentColor" stroke-width="1.6" stroke-linejoin="round" transform=${rating === 'down' ? 'rotate(180 10 10)' : nothing}>
    <path d="M2.8 9h3v8h-3z" />
    <path d="M8.2 16.6V9l2.9-6.2c1.3 0 2.1.9 2.1 2.1v3h2.9c1 0 1.7.9 1.5 1.8l-1.3 5.6c-.2.8-.9 1.3-1.7 1.3z" />
  </g>
</svg>`;

/** What can be done with an answer that is over: copy it, ask again, change the question, say whether it was of use, print. */
class AnswerActions extends ZkElement {
  static properties = { run: { attribute: false }, said: { state: true }, rating: { state: true }, commenting: { state: true } };

  constructor() {
    super();
    this.said = '';
    this.rating = null;
    this.commenting = false;
  }

  willUpdate(changed) {
    const before = changed.get('run');
    if (!changed.has('run') || (before && before.id === this.run.id)) return;
    this.rating = this.run.rating?.rating ?? null;
    this.commenting = false;
  }

  render() {
    const { run } = this;
    const cites = (run.response?.citations ?? []).length > 0;
    return html`<div class="answer-actions" role="group" aria-label=${t('actions')}>
      ${run.text ? action('copy', t('copy'), () => this.#copy(asText(run))) : nothing}
      ${run.text ? action('copy-markdown', t(cites ? 'copyWithSources' : 'copyMarkdown'), () => this.#copy(asMarkdown(run))) : nothing}
      ${action('regenerate', t('askAgain'), () => this.tell('zk-ask-again'))}
      ${action('edit-question', t('editQuestion'), () => this.tell('zk-edit-question'))}
      ${run.text && !isChat(run) ? action('print', t('print'), () => window.print()) : nothing}
      ${run.text && !isChat(run) ? this.#sheet(run) : nothing}
      ${run.conversation && run.number ? html`<span class="answer-thumbs">${this.#thumb('up', 'rateUp')} ${this.#thumb('down', 'rateDown')}</span>` : nothing}
      <span class="answer-said" role="status">${this.said}</span>
    </div>
    ${this.commenting ? this.#comment() : nothing}`;
  }

  /** The way to its evidence sheet. */
  #sheet(run) {
    const address = route.link({ view: 'sheet', answer: run.number ? String(run.number) : '' }, run.conversation ?? '');
    const follow = (event) => {
      carried.run = run;
      route.follow(event);
    };
    return html`<a class="button button-small button-quiet" data-action="sheet" href=${address} @click=${follow}>${t('evidenceSheet')}</a>`;
  }

  #thumb(rating, label) {
    return html`<button class="button button-small button-quiet" type="button" data-action=${`rate-${rating}`} aria-label=${t(label)} title=${t(label)}
      aria-pressed=${this.rating === rating ? 'true' : 'false'} @click=${() => this.#rate(this.rating === rating ? null : rating)}>${thumb(rating)}</button>`;
  }

  #comment() {
    return html`<form class="answer-comment" @submit=${this.#send}>
      <label for="rating-comment">${t('rateComment')}</label>
      <textarea id="rating-comment" rows="2" maxlength="2000"></textarea>
      <button class="button button-small" type="submit">${t('rateSend')}</button>
    </form>`;
  }

  async #rate(rating) {
    if (!(await this.#keep(rating, ''))) return;
    this.rating = rating;
    this.commenting = rating !== null;
  }

  async #send(event) {
    event.preventDefault();
    if (await this.#keep(this.rating, this.querySelector('#rating-comment').value)) this.commenting = false;
  }

  async #keep(rating, comment) {
    const { conversation, number } = this.run;
    try {
      await keptConversations.rate(conversation, number, rating, comment);
      this.#say(t('rated'));
      return true;
    } catch (problem) {
      this.#say(describe(problem).detail);
      return false;
    }
  }

  async #copy(text) {
    this.#say(t((await copyText(text)) ? 'copied' : 'copyFailed'));
  }

  #say(sentence) {
    this.said = sentence;
    setTimeout(() => (this.said = ''), SAID);
  }
}

function action(name, label, click) {
  return html`<button class="button button-small button-quiet" type="button" data-action=${name} @click=${click}>${label}</button>`;
}

customElements.define('zk-answer-actions', AnswerActions);
