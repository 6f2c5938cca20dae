import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { repeat } from 'lit/directives/repeat.js';
import { ZkView } from '../../element.js';
import { session, stopQuery } from '../../api.js';
import { apply, begin, fail, isChat, isOpen, stop } from '../../answer-run.js';
import { keptIn, runOf, toKeep, turnsOf, withRun } from '../../conversation.js';
import { askAndFollow, followFrom } from '../../followed-answer.js';
import { keptConversations } from '../../kept-conversations.js';
import { t } from '../../language.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { filterOf, within, withinNote } from '../../within.js';
import { hints } from './hints.js';
import '../answer/answer.js';
import '../conversations/conversations.js';
import '../passage-list/passage-list.js';
import '../passage-panel/passage-panel.js';
import '../question-box/question-box.js';
import '../turn/turn.js';

/**
 * The question, its answer and the passages it rests on, behind what was asked before in the same conversation; newest exchange last. The address
 * says what is asked (`?q=`, `&mode=chat`) and which conversation the service keeps it in (`#c=`); where it keeps none, a conversation with the
 * model lies in the entry of the history.
 */
class Ask extends ZkView {
  static properties = {
    mode: { state: true },
    run: { state: true },
    before: { state: true },
    more: { state: true },
    opened: { state: true },
    openedIn: { state: true },
  };

  #entry = null;
  #within = '{}';

  constructor() {
    super();
    this.view = 'ask';
    this.mode = 'answer';
    this.run = null;
    this.before = [];
    this.more = false;
    this.opened = null;
    this.openedIn = null;
    this.editing = false;
    this.conversation = null;
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
    const docked = this.run !== null && (chatting || this.before.length > 0);
    const title = t(this.mode === 'chat' ? 'chatTitle' : 'askTitle');
    return html`
      ${this.run ? html`<h1 class="visually-hidden">${title}</h1>` : nothing}
      <zk-conversations .current=${this.conversation ?? ''}></zk-conversations>
      ${docked ? this.#conversation(chatting) : nothing}
      <section class="ask ${this.run ? (docked ? 'ask-docked' : '') : 'ask-idle'}">
        ${this.run ? nothing : html`<h1>${title}</h1>`}
        <zk-question-box .mode=${this.mode} .running=${this.run !== null && isOpen(this.run)} .following=${this.#follows()}
          @zk-mode=${(event) => (this.mode = event.detail)} @zk-ask=${(event) => this.#ask(event.detail)} @zk-stop=${this.#stop}
          @zk-begin-anew=${this.#beginAnew}></zk-question-box>
        ${this.mode === 'answer' ? withinNote(within(), () => this.requestUpdate()) : nothing}
        ${this.run ? nothing : hints(this.mode)}
      </section>
      ${this.run && !docked ? this.#result() : nothing}
      ${this.run
        ? html`<zk-passage-panel .run=${this.openedIn ?? this.run} .opened=${this.opened} @zk-close-passage=${() => (this.opened = null)}
          @zk-open-passage=${(event) => (this.opened = event.detail)}></zk-passage-panel>`
        : nothing}`;
  }

  /** Whether what is asked next goes on from what is shown. */
  #follows() {
    return this.run !== null && this.run.mode === this.mode && (this.conversation !== null || isChat(this.run));
  }

  #result() {
    return html`
      <div class="ask-result" @zk-open-passage=${(event) => this.#openPassage(event, this.run)}>
        ${this.#answer()}
        <zk-passage-list .run=${this.run}></zk-passage-list>
      </div>`;
  }

  #answer() {
    return html`<zk-answer .run=${this.run} @zk-ask-again=${() => this.#start(this.run.question, this.run.mode, true)}
      @zk-ask-documents=${() => route.go({ q: this.run.question })} @zk-edit-question=${this.#edit}></zk-answer>`;
  }

  #conversation(chatting) {
    return html`<section class="conversation ${chatting ? '' : 'conversation-wide'}" id="conversation"
      aria-label=${t(chatting ? 'conversation' : 'conversationDocuments')}>
      ${this.more ? html`<button class="button button-quiet" type="button" id="earlier-turns" @click=${this.#earlier}>${t('earlierTurns')}</button>` : nothing}
      ${guard([this.before], () => this.#turns())}
      ${chatting ? this.#answer() : this.#result()}
    </section>`;
  }

  /** Not looked at again while an answer grows; each keeps its element when others come before it. */
  #turns() {
    const turn = (run) => html`<zk-turn .run=${run} @zk-open-passage=${(event) => this.#openPassage(event, run)}></zk-turn>`;
    return repeat(this.before, (run) => run.number ?? run, turn);
  }

  #openPassage(event, run) {
    event.stopPropagation();
    this.openedIn = run;
    this.opened = event.detail;
  }

  #box() {
    return this.querySelector('zk-question-box');
  }

  /**
   * Goes on in the conversation that is shown; else the question is an entry of the history. To the documents the same question again is asked
   * again.
   */
  #ask(question) {
    if (this.conversation !== null && this.#follows()) {
      const again = this.editing || (this.mode === 'answer' && question === this.run.question);
      this.#stop();
      this.#box().text = '';
      this.#start(question, this.mode, again);
    } else if (this.mode === 'chat') {
      this.#stop();
      const before = !isChat(this.run) ? [] : this.editing ? this.before : withRun(this.before, this.run);
      route.go({ q: question, mode: 'chat' }, keptConversations.on ? null : toKeep(Date.now(), before, null));
    } else if (question === route.get('q') && !route.get('mode') && this.run) {
      this.#start(question, 'answer', true);
    } else {
      route.go(asParameters(question, 'answer'));
    }
  }

  /** The question stands in the box again; in a conversation its answer and itself give way to what is asked next. */
  #edit() {
    this.#box().text = this.run.question;
    this.#box().write();
    this.editing = isChat(this.run);
  }

  #beginAnew() {
    route.go(this.mode === 'chat' ? { mode: 'chat' } : within());
    this.#box().write();
  }

  #followAddress() {
    if (route.view !== this.view || session.signedOut) return;
    const question = route.get('q');
    const mode = route.get('mode') === 'chat' ? 'chat' : 'answer';
    const kept = JSON.stringify(within());
    const elsewhere = kept !== this.#within;
    this.#within = kept;
    if (elsewhere) this.requestUpdate();
    if (!elsewhere && this.#showsConversation(question, mode)) return;
    this.mode = mode;
    if (route.conversation) this.#openConversation(route.conversation, question, mode);
    else this.#openQuestion(question, mode, elsewhere);
  }

  /** Whether the conversation of the address is shown; a link within the page drops it from the address, and it is put back. */
  #showsConversation(question, mode) {
    if (this.conversation === null || !this.run || isRefused(this.run)) return false;
    if (route.conversation) return route.conversation === this.conversation;
    if (question !== this.run.question || mode !== this.run.mode) return false;
    route.name(asParameters(question, mode), this.conversation);
    return true;
  }

  #openQuestion(question, mode, elsewhere) {
    const shown = !elsewhere && this.conversation === null && this.#shows(question, mode) && !isRefused(this.run);
    if (mode === 'chat' && !keptConversations.on && !keptIn(route.kept)) route.keep(shown ? this.#toKeep() : toKeep(Date.now(), [], null));
    if (shown) return;
    this.#reset();
    this.#box().text = mode === 'chat' || keptConversations.on ? '' : question;
    const conversation = mode === 'chat' ? keptIn(route.kept) : null;
    this.#entry = conversation?.entry ?? null;
    this.before = conversation?.before ?? [];
    if (conversation?.run && !isRefused(conversation.run)) this.run = conversation.run; // shown again, not asked again
    else if (question) this.#start(question, mode);
  }

  /** Shows what the service kept, and follows the answer that is still being written. Of one that is not the asker's the question is asked. */
  async #openConversation(id, question, mode) {
    this.#reset();
    const request = this.#newRequest();
    try {
      const read = await keptConversations.read(id, null, request.signal);
      if (request.signal.aborted) return;
      if (read?.items.length > 0) return await this.#show(read, id, request);
      route.name(asParameters(question, mode), read ? id : '');
      this.conversation = read ? id : null;
      if (question) this.#start(question, mode);
    } catch (problem) {
      if (!request.signal.aborted) this.run = fail(this.run ?? begin(question, mode), problem);
    }
  }

  async #show({ items, more }, id, request) {
    const runs = items.map((turn) => runOf(turn, id));
    this.conversation = id;
    this.before = runs.slice(0, -1);
    this.more = more;
    this.run = { ...runs.at(-1), written: runs.at(-1).written || (isOpen(runs.at(-1)) && isModel(statusFeed.status)) };
    this.mode = this.run.mode;
    this.#box().text = '';
    route.name(asParameters(this.run.question, this.mode), id);
    if (isOpen(this.run)) await this.#read(followFrom(this.run.id, request.signal), request);
    else if (runs.length > 1) this.#scrollToAnswer();
  }

  async #earlier() {
    const { conversation, before } = this;
    const read = await keptConversations.read(conversation, before[0].number);
    if (read === null || conversation !== this.conversation) return;
    this.before = [...read.items.map((turn) => runOf(turn, conversation)), ...before];
    this.more = read.more;
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
    this.before = [];
    this.more = false;
    this.conversation = null;
    this.#unmark();
  }

  #unmark() {
    this.opened = null;
    this.openedIn = null;
    this.editing = false;
  }

  #abort() {
    this.request?.abort();
  }

  #newRequest() {
    this.request = new AbortController();
    return this.request;
  }

  /** An answer that goes on by itself is stopped in the service, as soon as it has a name there. */
  #stop() {
    if (!this.run || !isOpen(this.run)) return;
    const { id, conversation } = this.run;
    if (conversation && id === null) {
      this.request.stopping = true;
    } else {
      if (conversation) stopQuery(id).catch(() => {});
      this.#abort();
    }
    this.#settle(stop(this.run));
    this.#box().write();
  }

  /** `again` takes the place of the question that is shown. */
  async #start(question, mode, again = false) {
    const { run: last, conversation } = this;
    if (conversation !== null && last && !again) this.before = [...this.before, last];
    this.#abort();
    this.#unmark();
    const request = this.#newRequest();
    const written = mode === 'chat' || isModel(statusFeed.status);
    this.run = { ...begin(question, mode, written), conversation, next: this.#nextNumber(last, again) };
    if (this.before.length > 0) this.#scrollToAnswer();
    try {
      const id = conversation ?? (await this.#newConversation(request.signal));
      if (request.signal.aborted) return;
      this.run = { ...this.run, conversation: id };
      if (id) route.name(asParameters(question, mode), id);
      await this.#read(askAndFollow(this.#asked(again && last?.number), request.signal), request);
    } catch (problem) {
      if (!request.signal.aborted && !request.stopping) this.#settle(fail(this.run, problem));
    }
  }

  /** Which turn of its conversation the question will be: what the service did not begin is none. */
  #nextNumber(last, again) {
    return again && last?.number ? last.number : Math.max(0, ...this.before.map(({ number }) => number ?? 0)) + 1;
  }

  async #newConversation(signal) {
    try {
      this.conversation = await keptConversations.begin(signal);
    } catch (problem) {
      if (problem.code !== 'conversations-unavailable') throw problem;
    }
    return this.conversation; // none: it is answered all the same
  }

  async #read(events, request) {
    for await (const event of events) {
      if (request.stopping) return this.#stopNow(event, request);
      if (request.signal.aborted) return;
      this.run = apply(this.run, event);
      if (event.event === 'retrieved' && this.run.next) this.run = { ...this.run, number: this.run.next };
      if (!isOpen(this.run)) return this.#settle(this.run);
    }
    this.#settle(fail(this.run, { code: 'broken-off', retryable: true }));
  }

  #stopNow({ data }, request) {
    request.abort();
    if (data.id) stopQuery(data.id).catch(() => {});
  }

  #scrollToAnswer() {
    this.updateComplete.then(() => this.querySelector('zk-answer')?.scrollIntoView({ block: 'start' }));
  }

  #asked(from) {
    const { question, mode, conversation } = this.run;
    const filter = mode === 'chat' ? null : filterOf(within());
    const asked = { question, reasoning: this.#box().reasoning, ...(mode === 'chat' ? { mode } : {}), ...(filter ? { filter } : {}) };
    if (conversation) return { ...asked, detach: true, conversation_id: conversation, ...(from ? { replace_from: from } : {}) };
    return mode === 'chat' ? { ...asked, conversation: turnsOf(this.before) } : asked;
  }

  /** The run is over; a conversation is kept with its entry, unless one has left it meanwhile. */
  #settle(run) {
    this.run = run;
    if (run.conversation) keptConversations.changed();
    else if (isChat(run) && keptIn(route.kept)?.entry === this.#entry) route.keep(this.#toKeep());
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

/** What the address says of a question; where it is kept to stays there. */
function asParameters(question, mode) {
  return mode === 'chat' ? { q: question, mode } : { q: question, ...within() };
}

function isRefused(run) {
  return run?.problem?.status === 401;
}

customElements.define('zk-ask', Ask);
