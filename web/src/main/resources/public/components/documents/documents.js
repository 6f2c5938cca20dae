import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { deleteDocument, listDocuments, retryDocument, session } from '../../api.js';
import { language, t } from '../../language.js';
import { SAMPLES } from '../../places.js';
import { describe, technicalPart } from '../../problems.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import '../document-table/document-table.js';
import '../status-tiles/status-tiles.js';
import '../upload/upload.js';
import './delete-dialog.js';

/** Documents on one page of the list. */
const PAGE_SIZE = 25;
/** Time from the last letter typed to the search, in milliseconds. */
const TYPING_PAUSE = 250;

/** The list of documents: which there are, what became of each, and what can be done about it. */
class Documents extends ZkView {
  static properties = { page: { state: true }, problem: { state: true }, message: { state: true }, loading: { state: true }, deleting: { state: true } };

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
      <zk-delete-dialog .item=${this.deleting} @zk-delete=${() => this.#delete(this.deleting)}
        @zk-cancel=${() => (this.deleting = null)}></zk-delete-dialog>
    </section>`;
  }

  #filter() {
    return html`<form class="documents-filter" role="search" @submit=${(event) => event.preventDefault()}>
      <label class="visually-hidden" for="documents-find">${t('filterText')}</label>
      <input id="documents-find" type="search" placeholder=${t('filterText')} .value=${route.get('find')} @input=${this.#typed}>
    </form>`;
  }

  #list() {
    if (this.problem) return this.#failure();
    if (!this.page) return html`<p class="documents-loading" aria-busy="true">${t('documentsLoading')}</p>`;
    if (this.page.items.length === 0 && this.#cursors.length === 1) return this.#empty();
    return html`<zk-document-table .items=${this.page.items} @zk-retry=${(event) => this.#retry(event.detail)}
        @zk-ask-delete=${(event) => (this.deleting = event.detail)}></zk-document-table>
      ${this.#pages()}`;
  }

  #failure() {
    const { detail, remedy, technical } = describe(this.problem);
    return html`<div class="notice notice-bad" id="documents-problem" role="alert"><p>${detail} ${remedy}</p>${technicalPart(technical)}
      <button class="button" type="button" @click=${() => this.#load()}>${t('tryAgain')}</button></div>`;
  }

  #empty() {
    const filtered = route.get('state') || route.get('find');
    if (filtered) {
      return html`<div class="documents-empty" id="documents-empty"><p>${t('documentsNoMatch')}</p>
        <a class="button" href=${route.link({ view: 'documents' })} @click=${route.follow}>${t('filterReset')}</a></div>`;
    }
    const root = statusFeed.status?.sources.find(({ name }) => name !== SAMPLES)?.root;
    return html`<div class="documents-empty" id="documents-empty"><p>${t('documentsNone')}</p>
      ${root ? html`<p>${t('documentsNoneHint', root)}</p>` : nothing}</div>`;
  }

  #pages() {
    const number = this.#cursors.length;
    if (number === 1 && !this.page.next_cursor) return nothing;
    return html`<nav class="documents-pages" aria-label=${t('pageNumber', number)}>
      <button class="button" type="button" id="previous-page" ?disabled=${number === 1} @click=${this.#previous}>${t('previousPage')}</button>
      <span>${t('pageNumber', number)}</span>
      <button class="button" type="button" id="next-page" ?disabled=${!this.page.next_cursor} @click=${this.#next}>${t('nextPage')}</button>
    </nav>`;
  }

  #previous() {
    this.#cursors.pop();
    this.loading = true;
    this.#load();
  }

  #next() {
    this.#cursors.push(this.page.next_cursor);
    this.loading = true;
    this.#load();
  }

  #typed(event) {
    clearTimeout(this.#typing);
    const find = event.target.value;
    this.#typing = setTimeout(() => route.replace({ view: 'documents', state: route.get('state'), find }), TYPING_PAUSE);
  }

  #followAddress() {
    clearTimeout(this.#typing);
    if (this.hidden) return;
    this.#cursors = [''];
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
    const parameters = { state: route.get('state'), q: route.get('find').trim(), limit: PAGE_SIZE, cursor: this.#cursors.at(-1) };
    try {
      const page = await listDocuments(parameters, signal);
      if (signal.aborted) return;
      this.page = page;
      this.problem = null;
    } catch (problem) {
      if (signal.aborted) return;
      this.problem = problem;
    }
    this.#reading = false;
    this.loading = false;
  }

  #leave() {
    clearTimeout(this.#typing);
    this.#request?.abort();
  }

  #retry(item) {
    return this.#change(() => retryDocument(item.id), t('retryStarted', item.name));
  }

  #delete(item) {
    this.deleting = null;
    return this.#change(() => deleteDocument(item.id), t('removed', item.name));
  }

  async #change(action, done) {
    try {
      await action();
      this.message = { level: 'good', text: done };
    } catch (problem) {
      const { detail, remedy } = describe(problem);
      this.message = { level: 'bad', text: `${detail} ${remedy}` };
    }
    await this.#load();
    statusFeed.look();
  }
}

customElements.define('zk-documents', Documents);
