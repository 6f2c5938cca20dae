import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { ask, session } from '../../api.js';
import { apply, begin, fail, isOpen, stop } from '../../answer-run.js';
import { t } from '../../language.js';
import { SAMPLES } from '../../places.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import '../answer/answer.js';
import '../passage-list/passage-list.js';
import '../passage-panel/passage-panel.js';

/** Longest question the service accepts, in code points. */
const MAX_QUESTION = 4_096;

/** The question, its answer and the passages it rests on. The address (`?q=`) says what is asked. */
class Ask extends ZkView {
  static properties = { run: { state: true }, complaint: { state: true }, opened: { state: true } };

  constructor() {
    super();
    this.view = 'ask';
    this.run = null;
    this.complaint = '';
    this.opened = null;
  }

  createRenderRoot() {
    this.typed = this.querySelector('textarea')?.value ?? '';
    this.hadFocus = this.contains(document.activeElement);
    return super.createRenderRoot();
  }

  connected(signal) {
    super.connected(signal);
    statusFeed.follow(() => this.requestUpdate(), signal);
    route.addEventListener('change', () => this.#followAddress(), { signal });
    session.addEventListener('change', () => session.signedOut || this.#followAddress(), { signal });
    signal.addEventListener('abort', () => this.#abort());
    this.updateComplete.then(() => this.#followAddress());
  }

  firstUpdated() {
    const field = this.#field();
    field.value = this.typed;
    if (this.hadFocus) field.focus();
  }

  render() {
    const running = this.run !== null && isOpen(this.run);
    return html`
      <section class="ask ${this.run ? '' : 'ask-idle'}">
        <h1 class=${this.run ? 'visually-hidden' : ''}>${t('askTitle')}</h1>
        <form class="ask-form" id="ask-form" method="get" action="/" role="search" @submit=${this.#submit}>
          <label class="visually-hidden" for="question">${t('askLabel')}</label>
          <textarea id="question" name="q" rows="2" placeholder=${t('askPlaceholder')} aria-describedby="question-complaint"
            aria-invalid=${this.complaint ? 'true' : nothing} @keydown=${this.#submitOnEnter} @input=${() => (this.complaint = '')}></textarea>
          ${running ? html`<button class="button" type="button" id="stop" @click=${this.#stop}>${t('askStop')}</button>` : nothing}
          <button class="button button-primary" type="submit" id="ask">${t('askSubmit')}</button>
        </form>
        <p class="field-problem" id="question-complaint" role="alert">${this.complaint}</p>
        ${this.run ? nothing : html`<p class="ask-hint">${t('askHint')}<br>${t('askKeys')}</p>`}
        ${this.#readiness()}
      </section>
      ${this.run ? this.#result() : nothing}`;
  }

  #result() {
    return html`
      <div class="ask-result" @zk-open-passage=${(event) => (this.opened = event.detail)}>
        <zk-answer .run=${this.run} @zk-ask-again=${() => this.#start(this.run.question)}></zk-answer>
        <zk-passage-list .run=${this.run}></zk-passage-list>
      </div>
      <zk-passage-panel .run=${this.run} .number=${this.opened} @zk-close-passage=${() => (this.opened = null)}></zk-passage-panel>`;
  }

  #readiness() {
    const { status } = statusFeed;
    if (!status || this.run) return nothing;
    if (status.files.total === 0) {
      const root = status.sources.find(({ name }) => name !== SAMPLES)?.root ?? '';
      return html`<p class="notice">${t('askNothingIndexed', root)}
        <a href=${route.link({ view: 'documents' })} @click=${route.follow}>${t('askUpload')}</a></p>`;
    }
    return status.files.pending > 0 ? html`<p class="ask-hint">${t('askStillIndexing', status.files.pending)}</p>` : nothing;
  }

  #field() {
    return this.querySelector('#question');
  }

  #submitOnEnter(event) {
    // While an input method is composing, Enter chooses a word.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    this.querySelector('#ask-form').requestSubmit();
  }

  #submit(event) {
    event.preventDefault();
    const question = this.#field().value.trim();
    const length = [...question].length;
    if (length === 0) this.complaint = t('questionEmpty');
    else if (length > MAX_QUESTION) this.complaint = t('questionTooLong', length, MAX_QUESTION);
    else if (question === route.get('q')) this.#start(question);
    else route.go({ q: question });
  }

  #followAddress() {
    if (route.view !== this.view || session.signedOut) return;
    const question = route.get('q');
    if (question === (this.run?.question ?? '') && !isRefused(this.run)) return;
    this.#field().value = question;
    if (question) this.#start(question);
    else this.#reset();
  }

  #reset() {
    this.#abort();
    this.run = null;
    this.opened = null;
  }

  #abort() {
    this.request?.abort();
  }

  #stop() {
    this.#abort();
    this.run = stop(this.run);
    this.#field().focus();
  }

  async #start(question) {
    this.#reset();
    const request = new AbortController();
    this.request = request;
    this.run = begin(question);
    try {
      for await (const event of ask(question, request.signal)) {
        if (request.signal.aborted) return;
        this.run = apply(this.run, event);
        if (!isOpen(this.run)) return;
      }
      this.run = fail(this.run, { code: 'broken-off', retryable: true });
    } catch (problem) {
      if (!request.signal.aborted) this.run = fail(this.run, problem);
    }
  }
}

function isRefused(run) {
  return run?.problem?.status === 401;
}

customElements.define('zk-ask', Ask);
