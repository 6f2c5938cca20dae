import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';
import { statusFeed } from '../../status-feed.js';

/** Where an answer may come from, and the longest question that the service takes for it, in code points. */
const MODES = { answer: 4_096, chat: 20_000 };

/** Where one asks: the question, whether the documents are looked into, and whether a model reasons first. */
class QuestionBox extends ZkElement {
  static properties = {
    text: { attribute: false },
    mode: { attribute: false },
    running: { attribute: false },
    following: { attribute: false },
    reasoning: { state: true },
    complaint: { state: true },
  };

  constructor() {
    super();
    this.text = '';
    this.mode = 'answer';
    this.running = false;
    this.following = false;
    this.reasoning = null; // as configured, until somebody chooses
    this.complaint = '';
  }

  connected(signal) {
    statusFeed.follow(() => this.requestUpdate(), signal);
  }

  /** Puts the cursor where the question is written. */
  write() {
    this.updateComplete.then(() => this.querySelector('#question').focus());
  }

  render() {
    const placeholder = this.following ? 'followUp' : this.mode === 'chat' ? 'chatPlaceholder' : 'askPlaceholder';
    return html`
      <form class="ask-form" id="ask-form" method="get" action="/" role=${this.mode === 'chat' ? nothing : 'search'} @submit=${this.#submit}>
        <label class="visually-hidden" for="question">${t('askLabel')}</label>
        <textarea id="question" name="q" rows="2" placeholder=${t(placeholder)} aria-describedby="question-complaint"
          aria-invalid=${this.complaint ? 'true' : nothing} .value=${live(this.text)}
          @keydown=${this.#submitOnEnter} @input=${this.#typed}></textarea>
        <div class="ask-controls">
          ${this.#modes()} ${this.#reasoning()}
          <p class="ask-buttons">
            ${this.following && !this.running
              ? html`<button class="button button-quiet" type="button" id="begin-anew" @click=${() => this.tell('zk-begin-anew')}>${t('chatNew')}</button>`
              : nothing}
            <button class="button ${this.running ? '' : 'button-primary'}" type="submit" id=${this.running ? 'stop' : 'ask'}
              @click=${this.#stopOrSubmit}>${t(this.running ? 'askStop' : 'askSubmit')}</button>
          </p>
        </div>
      </form>
      <p class="field-problem" id="question-complaint" role="alert">${this.complaint}</p>`;
  }

  #modes() {
    return html`<fieldset class="choices" id="modes"><legend class="visually-hidden">${t('modeLabel')}</legend>
      ${Object.keys(MODES).map((mode) => html`<label class="choice"><input type="radio" name="mode" value=${mode}
        .checked=${live(this.mode === mode)} @change=${() => this.tell('zk-mode', mode)}>${t(`mode_${mode}`)}</label>`)}
    </fieldset>`;
  }

  /** Quotes are not reasoned about, so it is offered where a model writes. */
  #reasoning() {
    const generator = statusFeed.status?.generator;
    if (!generator || generator.backend === 'extractive') return nothing;
    return html`<label class="choice" title=${t('reasoningHint')}><input type="checkbox" id="reasoning"
      .checked=${live(this.reasoning ?? generator.reasoning)} @change=${(event) => (this.reasoning = event.target.checked)}>${t('reasoningFirst')}</label>`;
  }

  #typed(event) {
    this.text = event.target.value;
    this.complaint = '';
  }

  #submitOnEnter(event) {
    // While an input method is composing, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.querySelector('#ask-form').requestSubmit();
  }

  /** One button for both, so that the focus stays where it was; Enter in the box asks at any time. */
  #stopOrSubmit(event) {
    if (!this.running) return;
    event.preventDefault();
    this.tell('zk-stop');
  }

  #submit(event) {
    event.preventDefault();
    const question = this.text.trim();
    const length = [...question].length;
    const limit = MODES[this.mode];
    if (length === 0) this.complaint = t('questionEmpty');
    else if (length > limit) this.complaint = t('questionTooLong', length, limit);
    else this.tell('zk-ask', question);
  }
}

customElements.define('zk-question-box', QuestionBox);
