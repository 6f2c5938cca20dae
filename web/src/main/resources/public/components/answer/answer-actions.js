import { html, nothing } from 'lit';
import { asMarkdown, asText } from '../../answer-copies.js';
import { isChat } from '../../answer-run.js';
import { copyText } from '../../clipboard.js';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';

/** How long it says that something was copied, in milliseconds. */
const SAID = 2_500;

/** What can be done with an answer that is over: copy it, ask again, change the question, print. */
class AnswerActions extends ZkElement {
  static properties = { run: { attribute: false }, said: { state: true } };

  constructor() {
    super();
    this.said = '';
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
      <span class="answer-said" role="status">${this.said}</span>
    </div>`;
  }

  async #copy(text) {
    this.said = t((await copyText(text)) ? 'copied' : 'copyFailed');
    setTimeout(() => (this.said = ''), SAID);
  }
}

function action(name, label, click) {
  return html`<button class="button button-small button-quiet" type="button" data-action=${name} @click=${click}>${label}</button>`;
}

customElements.define('zk-answer-actions', AnswerActions);
