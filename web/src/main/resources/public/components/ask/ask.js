import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { ask, session } from '../../api.js';
import { apply, begin, fail, isChat, isOpen, stop } from '../../answer-run.js';
import { keptIn, toKeep, turnsOf, withRun } from '../../conversation.js';
import { t } from '../../language.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import '../answer/answer.js';
import '../passage-list/passage-list.js';
import '../passage-panel/passage-panel.js';
import '../question-box/question-box.js';
import '../suggestions/suggestions.js';
import '../turn/turn.js';

/**
 * The question, its answer and the passages it rests on; or the conversation with the model alone, newest exchange last. The address says what
 * is asked (`?q=`, `&mode=chat`), its entry in the history keeps a conversation.
 */
class Ask extends ZkView {
  static properties = { mode: { state: true }, run: { state: true }, before: { state: true }, opened: { state: true } };

  #entry = null;

  constructor() {
    super();
    this.view = 'ask';
    this.mode = 'answer';
    this.run = null;
    this.before = [];
    this.opened = null;
    this.editing = false;
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
    this.#box().text = this.typed;
    if (this.hadFocus || isWriting()) this.#box().write();
  }

  render() {
    const chatting = isChat(this.run);
    const title = t(this.mode === 'chat' ? 'chatTitle' : 'askTitle');
    return html`
      ${this.run ? html`<h1 class="visually-hidden">${title}</h1>` : nothing}
      ${chatting ? this.#conversation() : nothing}
      <section class="ask ${this.run ? (chatting ? 'ask-docked' : '') : 'ask-idle'}">
        ${this.run ? nothing : html`<h1>${title}</h1>`}
        <zk-question-box .mode=${this.mode} .running=${this.run !== null && isOpen(this.run)} .following=${chatting && this.mode === 'chat'}
          @zk-mode=${(event) => (this.mode = event.detail)} @zk-ask=${(event) => this.#ask(event.detail)} @zk-stop=${this.#stop}
          @zk-begin-anew=${this.#beginAnew}></zk-question-box>
        ${this.run ? nothing : this.#hints()}
      </section>
      ${this.run && !chatting ? this.#result() : nothing}`;
  }

  #result() {
    return html`
      <div class="ask-result" @zk-open-passage=${(event) => (this.opened = event.detail)}>
        <zk-answer .run=${this.run} @zk-ask-again=${() => this.#start(this.run.question, 'answer')} @zk-edit-question=${this.#edit}></zk-answer>
        <zk-passage-list .run=${this.run}></zk-passage-list>
      </div>
      <zk-passage-panel .run=${this.run} .opened=${this.opened} @zk-close-passage=${() => (this.opened = null)}
        @zk-open-passage=${(event) => (this.opened = event.detail)}></zk-passage-panel>`;
  }

  #conversation() {
    return html`<section class="conversation" id="conversation" aria-label=${t('conversation')}>
      ${this.before.map((run) => html`<zk-turn .run=${run}></zk-turn>`)}
      <zk-answer .run=${this.run} @zk-ask-again=${() => this.#start(this.run.question, 'chat')}
        @zk-ask-documents=${() => route.go({ q: this.run.question })} @zk-edit-question=${this.#edit}></zk-answer>
    </section>`;
  }

  #hints() {
    return html`<p class="ask-hint">${t(this.mode === 'chat' ? 'chatHint' : 'askHint')}<br>${t('askKeys')}</p>
      ${this.mode === 'chat' ? this.#modelState() : html`${this.#readiness()}<zk-suggestions></zk-suggestions>`}`;
  }

  #readiness() {
    const { status } = statusFeed;
    if (!status) return nothing;
    if (status.files.total === 0) {
      return html`<p class="notice" id="nothing-indexed">${t('askNothingIndexed')}
        <a href=${route.link({ view: 'documents' })} @click=${route.follow}>${t('askUpload')}</a></p>`;
    }
    return status.files.pending > 0 ? html`<p class="ask-hint">${t('askStillIndexing', status.files.pending)}</p>` : nothing;
  }

  /** Nobody stands in for the model here, so that it is missing is said before a question is written. */
  #modelState() {
    const generator = statusFeed.status?.generator;
    if (!generator) return nothing;
    const trouble = generator.backend === 'extractive' ? t('chatNoModel') : generator.ready ? '' : generator.detail;
    return trouble ? html`<p class="notice notice-warn" id="model-state">${trouble}</p>` : nothing;
  }

  #box() {
    return this.querySelector('zk-question-box');
  }

  /** In a conversation each question is an entry of its own; to the documents the same question again is the same entry. */
  #ask(question) {
    if (this.mode === 'chat') {
      this.#stop();
      const before = !isChat(this.run) ? [] : this.editing ? this.before : withRun(this.before, this.run);
      route.go({ q: question, mode: 'chat' }, toKeep(Date.now(), before, null));
    } else if (question === route.get('q') && !route.get('mode')) {
      this.#start(question, 'answer');
    } else {
      route.go({ q: question });
    }
  }

  /** The question stands in the box again; in a conversation its answer and itself give way to what is asked next. */
  #edit() {
    this.#box().text = this.run.question;
    this.#box().write();
    this.editing = isChat(this.run);
  }

  #beginAnew() {
    route.go({ mode: 'chat' });
    this.#box().write();
  }

  #followAddress() {
    if (route.view !== this.view || session.signedOut) return;
    const question = route.get('q');
    const mode = route.get('mode') === 'chat' ? 'chat' : 'answer';
    this.mode = mode;
    const shown = this.#shows(question, mode) && !isRefused(this.run);
    if (mode === 'chat' && !keptIn(route.kept)) route.keep(shown ? this.#toKeep() : toKeep(Date.now(), [], null));
    if (shown) return;
    this.#box().text = mode === 'chat' ? '' : question;
    this.#reset();
    const conversation = mode === 'chat' ? keptIn(route.kept) : null;
    this.#entry = conversation?.entry ?? null;
    this.before = conversation?.before ?? [];
    if (conversation?.run && !isRefused(conversation.run)) this.run = conversation.run; // shown again, not asked again
    else if (question) this.#start(question, mode);
  }

  /** Whether the address asks what is shown already; who comes back by a link comes to an entry that keeps nothing yet. */
  #shows(question, mode) {
    const kept = keptIn(route.kept);
    if (mode === 'chat' && kept && kept.entry !== this.#entry) return false;
    return this.run ? question === this.run.question && mode === this.run.mode : question === '';
  }

  #toKeep() {
    return toKeep(this.#entry, this.before, this.run);
  }

  #reset() {
    this.#abort();
    this.run = null;
    this.opened = null;
    this.editing = false;
  }

  #abort() {
    this.request?.abort();
  }

  #stop() {
    if (!this.run || !isOpen(this.run)) return;
    this.#abort();
    this.#settle(stop(this.run));
    this.#box().write();
  }

  async #start(question, mode) {
    this.#reset();
    const request = new AbortController();
    this.request = request;
    this.run = begin(question, mode, mode === 'chat' || isModel(statusFeed.status));
    if (this.before.length > 0) this.updateComplete.then(() => this.querySelector('zk-answer')?.scrollIntoView({ block: 'start' }));
    try {
      for await (const event of ask(this.#asked(question, mode), request.signal)) {
        if (request.signal.aborted) return;
        this.run = apply(this.run, event);
        if (!isOpen(this.run)) return this.#settle(this.run);
      }
      this.#settle(fail(this.run, { code: 'broken-off', retryable: true }));
    } catch (problem) {
      if (!request.signal.aborted) this.#settle(fail(this.run, problem));
    }
  }

  #asked(question, mode) {
    const { reasoning } = this.#box();
    return mode === 'chat' ? { question, mode, reasoning, conversation: turnsOf(this.before) } : { question, reasoning };
  }

  /** The run is over; a conversation is kept with its entry, unless one has left it meanwhile. */
  #settle(run) {
    this.run = run;
    if (isChat(run) && keptIn(route.kept)?.entry === this.#entry) route.keep(this.#toKeep());
  }
}

/** Whether one can write at once: nothing was asked, and no keyboard comes up over the page. */
function isWriting() {
  const free = document.activeElement === null || document.activeElement === document.body;
  return free && route.view === 'ask' && !route.get('q') && matchMedia('(hover: hover) and (pointer: fine)').matches;
}

function isModel(status) {
  return status !== null && status.generator?.backend !== 'extractive';
}

function isRefused(run) {
  return run?.problem?.status === 401;
}

customElements.define('zk-ask', Ask);
