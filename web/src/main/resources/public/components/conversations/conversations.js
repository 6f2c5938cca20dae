import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { session } from '../../api.js';
import { exportOf, keptConversations } from '../../kept-conversations.js';
import { dateTime, t } from '../../language.js';
import { describe } from '../../problems.js';
import { route } from '../../route.js';

/** From this width on the list stands beside the conversation, and both can be used; below it is a drawer. */
const BESIDE = '(min-width: 62rem)';
/** Rest after the last letter before it is searched, in milliseconds. */
const TYPING = 250;

/** The conversations that the service keeps: found, opened, renamed, pinned, taken along, deleted. `current` is the id of the one that is shown. */
class Conversations extends ZkElement {
  static properties = {
    current: { attribute: false },
    open: { state: true },
    items: { state: true },
    renaming: { state: true },
    deleting: { state: true },
    said: { state: true },
  };

  #cursor = null;
  #search = '';
  #typing = 0;

  constructor() {
    super();
    Object.assign(this, { current: '', open: false, items: null, renaming: null, deleting: null, said: '' });
  }

  connected(signal) {
    keptConversations.addEventListener('change', () => this.#changed(), { signal });
    session.addEventListener('change', () => this.#asked(), { signal });
  }

  updated() {
    const dialog = this.querySelector('#talks');
    if (!dialog || dialog.open === this.open) return this.#ask();
    if (!this.open) dialog.close();
    else if (matchMedia(BESIDE).matches) dialog.show();
    else dialog.showModal();
  }

  #ask() {
    const asking = this.querySelector('#talk-delete');
    if (asking && !asking.open) asking.showModal();
    this.querySelector('#talk-title')?.focus();
  }

  render() {
    if (!keptConversations.on) return nothing;
    return html`
      <p class="talks-bar"><button class="button button-quiet button-small" type="button" id="talks-toggle" aria-controls="talks"
        aria-expanded=${this.open ? 'true' : 'false'} @click=${this.#toggle}>${t('talks')}</button></p>
      <dialog class="talks" id="talks" aria-labelledby="talks-heading" @close=${() => (this.open = false)} @keydown=${this.#pressed}>
        ${this.open ? this.#list() : nothing}
      </dialog>
      ${this.deleting ? this.#deletion() : nothing}`;
  }

  #list() {
    return html`
      <header class="talks-header"><h2 id="talks-heading">${t('talks')}</h2>
        <button class="button button-quiet button-small" type="button" id="talks-close" @click=${() => (this.open = false)}>${t('talksClose')}</button></header>
      <label class="visually-hidden" for="talks-search">${t('talksSearch')}</label>
      <input type="search" id="talks-search" maxlength="200" placeholder=${t('talksSearch')} @input=${this.#typed}>
      <p class="talks-said" role="status">${this.said}</p>
      ${this.items?.length === 0 ? html`<p class="talks-empty">${t(this.#search ? 'talksNothing' : 'talksEmpty')}</p>` : nothing}
      <ul class="talks-list">${(this.items ?? []).map((talk) => this.#item(talk))}</ul>
      ${this.#cursor ? html`<button class="button button-small" type="button" id="talks-more" @click=${() => this.#load(true)}>${t('talksMore')}</button>` : nothing}
      <p class="talks-foot">
        <a class="button button-small" id="talks-new" href="/" @click=${this.#begin}>${t('talksNew')}</a>
        <label class="button button-small" for="talks-file">${t('talksBringIn')}</label>
        <input class="visually-hidden" type="file" id="talks-file" accept="application/json,.json" @change=${this.#bringIn}>
      </p>`;
  }

  #item(talk) {
    if (this.renaming === talk.id) return this.#renaming(talk);
    return html`<li data-id=${talk.id}>
      <a class="talk" href=${route.link({}, talk.id)} aria-current=${talk.id === this.current ? 'true' : nothing} @click=${(event) => this.#follow(event, talk)}>
        <span class="talk-name">${talk.title}</span>
        <span class="talk-meta">${talk.pinned ? html`<span class="badge">${t('talkPinned')}</span> ` : nothing}${t('talkTurns', talk.turns)} · ${dateTime(talk.changed_at)}</span>
      </a>
      <details class="talk-menu" name="talk-menu">
        <summary aria-label=${t('talkMenu', talk.title)} title=${t('talkMenu', talk.title)}>⋯</summary>
        <div class="talk-actions">
          ${action('rename', 'talkRename', () => (this.renaming = talk.id))}
          ${action('pin', talk.pinned ? 'talkUnpin' : 'talkPin', () => this.#change(talk, { pinned: !talk.pinned }))}
          <a class="button button-quiet button-small" data-action="export-json" href=${exportOf(talk.id, 'json')} download>${t('talkExportJson')}</a>
          <a class="button button-quiet button-small" data-action="export-markdown" href=${exportOf(talk.id, 'markdown')} download>${t('talkExportMarkdown')}</a>
          ${action('delete', 'talkDelete', () => (this.deleting = talk))}
        </div>
      </details>
    </li>`;
  }

  #renaming(talk) {
    return html`<li data-id=${talk.id}><form class="talk-rename" @submit=${(event) => this.#rename(event, talk)}>
      <label class="visually-hidden" for="talk-title">${t('talkNewTitle')}</label>
      <input type="text" id="talk-title" maxlength="200" required .value=${talk.title}>
      <button class="button button-small" type="submit">${t('talkSave')}</button>
      <button class="button button-quiet button-small" type="button" @click=${() => (this.renaming = null)}>${t('cancel')}</button>
    </form></li>`;
  }

  #deletion() {
    return html`<dialog class="delete-dialog" id="talk-delete" aria-labelledby="talk-delete-title" @close=${this.#answered}>
      <form method="dialog">
        <h2 id="talk-delete-title">${t('talkDeleteTitle')}</h2>
        <p>${t('talkDeleteExplanation', this.deleting.title)}</p>
        <p class="dialog-buttons">
          <button class="button" value="cancel" autofocus>${t('cancel')}</button>
          <button class="button button-danger" value="delete" id="talk-delete-confirm">${t('talkDelete')}</button>
        </p>
      </form>
    </dialog>`;
  }

  #toggle() {
    this.open = !this.open;
    this.said = '';
    if (this.open) this.#load();
  }

  /** Somebody else may be asking, or it has only become known who is. */
  #asked() {
    this.items = null;
    if (this.open) this.#load();
  }

  #changed() {
    if (this.open) this.#load();
    this.requestUpdate();
  }

  async #load(more = false) {
    const given = { q: this.#search, cursor: more ? this.#cursor : '' };
    await this.#try(async () => {
      const page = await keptConversations.list(given);
      if (page === null || given.q !== this.#search) return;
      this.items = more ? [...this.items, ...page.items] : page.items;
      this.#cursor = page.next_cursor;
      this.requestUpdate();
    });
  }

  #typed(event) {
    this.#search = event.target.value.trim();
    clearTimeout(this.#typing);
    this.#typing = setTimeout(() => this.#load(), TYPING);
  }

  /** Beside the conversation the list is no modal dialog, which alone closes by this key. */
  #pressed(event) {
    if (event.key !== 'Escape' || event.defaultPrevented) return;
    event.stopPropagation();
    if (this.renaming) this.renaming = null;
    else this.#close();
  }

  #close() {
    this.open = false;
    this.updateComplete.then(() => this.querySelector('#talks-toggle')?.focus());
  }

  #follow(event, talk) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if (!matchMedia(BESIDE).matches) this.open = false;
    route.open(talk.id);
  }

  #begin(event) {
    if (!matchMedia(BESIDE).matches) this.open = false;
    route.follow(event);
  }

  async #rename(event, talk) {
    event.preventDefault();
    const title = this.querySelector('#talk-title').value.trim();
    if (title) await this.#change(talk, { title });
    this.renaming = null;
  }

  #change(talk, changes) {
    return this.#try(() => keptConversations.change(talk.id, changes));
  }

  #answered(event) {
    const talk = this.deleting;
    this.deleting = null;
    if (event.target.returnValue === 'delete') this.#delete(talk);
  }

  async #delete(talk) {
    await this.#try(async () => {
      await keptConversations.remove(talk.id);
      this.said = t('talkDeleted');
      if (talk.id === this.current) route.go({});
    });
  }

  async #bringIn(event) {
    const [file] = event.target.files;
    if (!file) return;
    await this.#try(async () => {
      await keptConversations.bringIn(await file.text());
      this.said = t('talkBroughtIn');
    });
    event.target.value = '';
  }

  async #try(work) {
    try {
      await work();
    } catch (problem) {
      this.said = describe(problem).detail;
    }
  }
}

function action(name, label, click) {
  return html`<button class="button button-quiet button-small" type="button" data-action=${name} @click=${click}>${t(label)}</button>`;
}

customElements.define('zk-conversations', Conversations);
