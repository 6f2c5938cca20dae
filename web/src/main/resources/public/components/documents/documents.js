import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { deleteDocument, listDocuments, retryDocument, session } from '../../api.js';
import { language, number, t } from '../../language.js';
import { SAMPLES } from '../../places.js';
import { describe, technicalPart } from '../../problems.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { chosenBar } from './chosen-bar.js';
import { choices, chosenParameters, CHOSEN } from './list-choices.js';
import '../document-table/document-table.js';
import '../status-tiles/status-tiles.js';
import '../upload/upload.js';
import './delete-dialog.js';

/** Documents on one page of the list. */
const PAGE_SIZE = 50;
/** Names of what the address may say about the list, besides the view. */
const FILTERS = ['state', 'find', 'source', 'folder', ...CHOSEN];
/** Time from the last letter typed to the search, in milliseconds. */
const TYPING_PAUSE = 250;

/** The list of documents: which there are, what became of each, and what can be done about it. */
class Documents extends ZkView {
  static properties = { page: { state: true }, problem: { state: true }, message: { state: true }, loading: { state: true }, deleting: { state: true }, chosen: { state: true } };

  #cursors = [''];
  #shownFor = '';
  #request = null;
  #reading = false;
  #typing = 0;

  constructor() {
    super();
    this.view = 'documents';
    this.page = null;
    this.problem = null;
    this.message = null;
    this.loading = false;
    this.deleting = null;
    this.chosen = new Map();
  }

  connected(signal) {
    super.connected(signal);
    statusFeed.follow(() => this.#followStatus(), signal);
    route.addEventListener('change', () => this.#followAddress(), { signal });
    session.addEventListener('change', () => this.#followAddress(), { signal });
    language.addEventListener('change', () => this.#followAddress(), { signal }); // reasons and remedies come in the reader's language
    signal.addEventListener('abort', () => this.#leave());
    this.#followAddress();
  }

  render() {
    return html`<section class="documents" aria-labelledby="documents-title">
      <header class="documents-header">
        <h1 id="documents-title">${t('documentsTitle')}</h1>
        <p>${t('documentsSummary')}</p>
      </header>
      <zk-status-tiles></zk-status-tiles>
      <zk-upload></zk-upload>
      <div class="documents-bar">${this.#filter()}
        <div role="status" id="documents-message">${this.message ? html`<p class="notice notice-${this.message.level}">${this.message.text}</p>` : nothing}</div>
      </div>
      <div class="documents-list" aria-busy=${this.loading && this.page ? 'true' : 'false'}>${this.#list()}</div>
      <zk-delete-dialog .items=${this.deleting} @zk-delete=${() => this.#delete(this.deleting)}
        @zk-cancel=${() => (this.deleting = null)}></zk-delete-dialog>
    </section>`;
  }

  #filter() {
    return html`<form class="documents-filter" role="search" @submit=${(event) => event.preventDefault()}>
      <label class="visually-hidden" for="documents-find">${t('filterText')}</label>
      <input id="documents-find" type="search" placeholder=${t('filterText')} .value=${route.get('find')} @input=${this.#typed}>
      ${this.#sources()} ${choices((chosen) => route.go(filters(chosen)))} ${this.#folder()}
    </form>`;
  }

  /** Only where there is more than one to choose from. */
  #sources() {
    const names = statusFeed.status?.sources.map(({ name }) => name) ?? [];
    if (names.length < 2 && !route.get('source')) return nothing;
    const chosen = route.get('source');
    return html`<label class="mini-select"><span class="visually-hidden">${t('columnSource')}</span>
      <select id="documents-source" @change=${(event) => route.go(filters({ source: event.target.value, folder: '' }))}>
        <option value="" ?selected=${chosen === ''}>${t('allSources')}</option>
        ${[...new Set([...names, chosen])].filter(Boolean).map((name) => html`<option value=${name} ?selected=${name === chosen}>${name === SAMPLES ? t('sample') : name}</option>`)}
      </select></label>`;
  }

  #folder() {
    const folder = route.get('folder');
    if (!folder) return nothing;
    return html`<a class="button button-small" id="documents-folder" href=${route.link(filters({ folder: '' }))} @click=${route.follow}
      aria-label=${t('folderLeave', folder)}>${folder} <span aria-hidden="true">✕</span></a>
      <a class="button button-small button-quiet" id="ask-folder" href=${route.link({ source: route.get('source'), folder })} @click=${route.follow}>${t('askFolder')}</a>`;
  }

  #list() {
    if (this.problem) return this.#failure();
    if (!this.page) return html`<p class="documents-loading" aria-busy="true">${t('documentsLoading')}</p>`;
    if (this.page.items.length === 0 && this.#cursors.length === 1) return this.#empty();
    return html`${chosenBar([...this.chosen.values()], { retry: (items) => this.#retry(items), remove: (items) => (this.deleting = items), clear: () => (this.chosen = new Map()) })}
      <zk-document-table .items=${this.page.items} .chosen=${this.chosen} @zk-retry=${(event) => this.#retry([event.detail])}
        @zk-choose=${this.#choose} @zk-ask-delete=${(event) => (this.deleting = [event.detail])}></zk-document-table>
      ${this.#pages()}`;
  }

  #failure() {
    const { detail, remedy, technical } = describe(this.problem);
    return html`<div class="notice notice-bad" id="documents-problem" role="alert"><p>${detail} ${remedy}</p>${technicalPart(technical)}
      <button class="button" type="button" @click=${() => this.#load()}>${t('tryAgain')}</button></div>`;
  }

  #empty() {
    const filtered = FILTERS.some((name) => name !== 'sort' && route.get(name));
    if (filtered) {
      return html`<div class="documents-empty" id="documents-empty"><p>${t('documentsNoMatch')}</p>
        <a class="button" href=${route.link({ view: 'documents' })} @click=${route.follow}>${t('filterReset')}</a></div>`;
    }
    const root = statusFeed.status?.sources.find(({ name }) => name !== SAMPLES)?.root;
    return html`<div class="documents-empty" id="documents-empty"><p>${t('documentsNone')}</p>
      ${root ? html`<p>${t('documentsNoneHint', root)}</p>` : nothing}</div>`;
  }

  #pages() {
    const page = this.#cursors.length;
    if (page === 1 && !this.page.next_cursor) return nothing;
    return html`<nav class="documents-pages" aria-label=${t('pageNumber', page)}>
      <button class="button" type="button" id="previous-page" ?disabled=${page === 1} @click=${this.#previous}>${t('previousPage')}</button>
      <span>${t('pageNumber', page)}${this.#range(page)}</span>
      <button class="button" type="button" id="next-page" ?disabled=${!this.page.next_cursor} @click=${this.#next}>${t('nextPage')}</button>
    </nav>`;
  }

  /** Which documents these are, and of how many where the service counts them. */
  #range(page) {
    const from = (page - 1) * PAGE_SIZE + 1;
    const narrowed = ['find', 'source', 'folder', 'type', 'since'].some((name) => route.get(name));
    const total = narrowed ? undefined : statusFeed.status?.files[route.get('state') || 'total'];
    const range = `${number(from)}–${number(from + this.page.items.length - 1)}`;
    return total === undefined ? ` · ${range}` : ` · ${range} / ${number(total)}`;
  }

  #previous() {
    this.#cursors.pop();
    this.#turn();
  }

  #next() {
    this.#cursors.push(this.page.next_cursor);
    this.#turn();
  }

  /** Another page: kept with the entry of the history, so that a reload shows it again, and read from its top. */
  async #turn() {
    route.keep({ cursors: this.#cursors });
    this.loading = true;
    await this.#load();
    this.querySelector('.documents-list').scrollIntoView({ block: 'start' });
  }

  #typed(event) {
    clearTimeout(this.#typing);
    const find = event.target.value;
    this.#typing = setTimeout(() => route.replace(filters({ find })), TYPING_PAUSE);
  }

  #followAddress() {
    clearTimeout(this.#typing);
    if (this.hidden) return;
    this.#cursors = route.kept?.cursors ?? [''];
    this.message = null;
    this.loading = true;
    this.#load();
  }

  /** Loads again when the service has done something, without disturbing who reads. */
  #followStatus() {
    const { status } = statusFeed;
    if (this.hidden || !status || this.#reading) return;
    const state = JSON.stringify([status.files, status.index.epoch]);
    if (state !== this.#shownFor || this.problem) this.#load();
    this.#shownFor = state;
  }

  async #load() {
    this.#request?.abort();
    const { signal } = (this.#request = new AbortController());
    this.#reading = true;
    const parameters = { state: route.get('state'), q: route.get('find').trim(), source: route.get('source'), path_prefix: route.get('folder'), limit: PAGE_SIZE, cursor: this.#cursors.at(-1), ...chosenParameters() };
    try {
      const page = await listDocuments(parameters, signal);
      if (signal.aborted) return;
      this.page = page;
      this.problem = null;
      this.#renew(page.items);
    } catch (problem) {
      if (signal.aborted) return;
      this.problem = problem;
    }
    this.#reading = false;
    this.loading = false;
  }

  /** What is chosen is shown as it is now. */
  #renew(items) {
    const known = items.filter(({ id }) => this.chosen.has(id));
    if (known.length > 0) this.chosen = new Map([...this.chosen, ...known.map((item) => [item.id, item])]);
  }

  #leave() {
    clearTimeout(this.#typing);
    this.#request?.abort();
  }

  #choose({ detail: { items, chosen } }) {
    const now = new Map(this.chosen);
    for (const item of items) chosen ? now.set(item.id, item) : now.delete(item.id);
    this.chosen = now;
  }

  #retry(items) {
    return this.#change(items, retryDocument, items.length === 1 ? t('retryStarted', items[0].name) : t('retryManyStarted', items.length));
  }

  #delete(items) {
    this.deleting = null;
    return this.#change(items, deleteDocument, items.length === 1 ? t('removed', items[0].name) : t('removedMany', items.length));
  }

  /** One after the other; the first that fails ends it, and those that are done are chosen no longer. */
  async #change(items, action, done) {
    try {
      for (const item of items) {
        await action(item.id);
        this.#choose({ detail: { items: [item], chosen: false } });
      }
      this.message = { level: 'good', text: done };
    } catch (problem) {
      const { detail, remedy } = describe(problem);
      this.message = { level: 'bad', text: `${detail} ${remedy}` };
    }
    await this.#load();
    statusFeed.look();
  }
}

/** The address of this list with some conditions changed. */
function filters(changes) {
  return { view: 'documents', ...Object.fromEntries(FILTERS.map((name) => [name, route.get(name)])), ...changes };
}

customElements.define('zk-documents', Documents);
