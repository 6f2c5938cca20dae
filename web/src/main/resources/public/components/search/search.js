import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ZkView } from '../../element.js';
import { searchTable, searchWords, session } from '../../api.js';
import { kindOf } from '../../file-kinds.js';
import { language, t } from '../../language.js';
import { SAMPLES, nameOf, placeOf, sampleBadge } from '../../places.js';
import { describe, technicalPart } from '../../problems.js';
import { route } from '../../route.js';
import { around, wordMarks } from '../../word-marks.js';

/** Names of what the address may say about the search, besides the view. */
const CONDITIONS = ['find', 'source', 'folder', 'type', 'sort'];
/** Most passages of one document that are shown at once. */
const MOST = 200;
/** Characters of a passage that are shown, and of it that go with the link to its place. */
const SHOWN = 320;
const QUOTED = 120;
/** Groups shown of folders and of types. */
const GROUPS = 20;

/** Every document and passage that holds certain words: counted in full, narrowed by folder and type, taken along as a table. */
class Search extends ZkView {
  static properties = { found: { state: true }, problem: { state: true }, loading: { state: true } };

  #request = null;

  constructor() {
    super();
    this.view = 'search';
    this.found = null;
    this.problem = null;
    this.loading = false;
  }

  connected(signal) {
    super.connected(signal);
    for (const source of [route, session, language]) source.addEventListener('change', () => this.#followAddress(), { signal });
    signal.addEventListener('abort', () => this.#request?.abort());
    this.#followAddress();
  }

  render() {
    if (this.hidden) return nothing;
    return html`<section class="search" aria-labelledby="search-title">
      <header class="search-header"><h1 id="search-title">${t('searchTitle')}</h1><p>${t('searchSummary')}</p></header>
      <form class="search-form" role="search" @submit=${this.#submit}>
        <label class="visually-hidden" for="search-words">${t('searchLabel')}</label>
        <input id="search-words" type="search" maxlength="1000" required placeholder=${t('searchPlaceholder')} .value=${route.get('find')}>
        <button class="button button-primary" type="submit">${t('searchSubmit')}</button>
      </form>
      <div role="status" id="search-said">${this.#said()}</div>
      ${this.problem ? this.#failure() : nothing}
      ${this.found && !this.problem ? this.#result() : nothing}
    </section>`;
  }

  #said() {
    if (this.problem) return nothing;
    if (!this.found) return this.loading ? html`<p class="search-sum">${t('searchBusy')}</p>` : nothing;
    const { documents, passages, complete, unread, items } = this.found;
    return html`
      <p class="search-sum">${documents === 0 ? t('searchNone') : html`<strong>${t('searchFound', passages, documents)}</strong>`}
        ${documents > 0 && complete ? t('searchAll', items.length, documents) : nothing}</p>
      ${complete ? nothing : html`<p class="notice notice-warn">${t('searchIncomplete')}</p>`}
      ${unread === 0 ? nothing : html`<p class="notice">${t('searchUnread', unread)}
        <a href=${route.link({ view: 'documents', source: route.get('source'), folder: route.get('folder') })} @click=${route.follow}>${t('searchUnreadLink')}</a></p>`}`;
  }

  #failure() {
    const { detail, remedy, technical } = describe(this.problem);
    return html`<div class="notice notice-bad" id="search-problem" role="alert"><p>${detail} ${remedy}</p>${technicalPart(technical)}
      <button class="button" type="button" @click=${() => this.#load()}>${t('tryAgain')}</button></div>`;
  }

  #result() {
    const { items, next_cursor: next, documents } = this.found;
    const narrowed = ['source', 'folder', 'type'].some((name) => route.get(name));
    if (documents === 0 && !narrowed) return nothing;
    return html`<div class="search-result" aria-busy=${this.loading ? 'true' : 'false'}>
      <div class="search-groups">${this.#folders()} ${this.#types()}</div>
      <div class="search-main">
        ${documents === 0 ? nothing : this.#tools()}
        <ol class="search-items" id="search-items">${repeat(items, ({ document_id: id }) => id, (item) => this.#item(item))}</ol>
        ${next ? html`<p class="search-more"><button class="button" type="button" id="search-more" @click=${() => this.#load(next)}>${t('searchMore')}</button></p>` : nothing}
      </div>
    </div>`;
  }

  #tools() {
    return html`<p class="search-tools">
      <label>${t('searchSort')} <select id="search-sort" @change=${(event) => route.go(address({ sort: event.target.value }))}>
        ${['', 'count'].map((sort) => html`<option value=${sort} ?selected=${route.get('sort') === sort}>${t(`searchSort_${sort || 'path'}`)}</option>`)}
      </select></label>
      <a class="button button-small" id="search-table" href=${searchTable(conditions())} download>${t('searchTable')}</a></p>`;
  }

  #folders() {
    const folder = route.get('folder');
    const several = new Set(this.found.folders.map(({ source }) => source)).size > 1;
    const narrowed = folder || route.get('source');
    if (this.found.folders.length < 2 && !narrowed) return nothing;
    const line = (group) => {
      const here = group.folder === folder;
      const label = here ? (folder || !several ? t('searchHere') : sourceName(group.source)) : `${several ? `${sourceName(group.source)} › ` : ''}${group.folder.slice(folder.length)}`;
      const to = here ? (several ? { source: group.source } : null) : { source: group.source, folder: group.folder };
      return html`<li>${to ? link(to, label) : html`<span>${label}</span>`} <span class="count" aria-hidden="true">${t('searchCount', group.passages)}</span>
        <span class="visually-hidden">${t('searchCounts', group.passages, group.documents)}</span></li>`;
    };
    return html`<nav aria-labelledby="search-folders"><h2 id="search-folders">${t('searchFolders')}</h2>
      <ul>${narrowed ? html`<li>${link({ source: '', folder: '' }, t('searchWiden'))} ${folder ? html`<span>› ${folder}</span>` : nothing}</li>` : nothing}
      ${this.found.folders.slice(0, GROUPS).map(line)}</ul></nav>`;
  }

  #types() {
    const chosen = route.get('type');
    if (this.found.types.length < 2 && !chosen) return nothing;
    return html`<nav aria-labelledby="search-types"><h2 id="search-types">${t('searchTypes')}</h2>
      <ul>${chosen ? html`<li>${link({ type: '' }, t('searchAnyType'))} <span>› ${kindOf(chosen)}</span></li>` : nothing}
      ${this.found.types.slice(0, GROUPS).map(({ media_type: type, documents, passages }) => html`<li>${link({ type }, kindOf(type))}
        <span class="count" aria-hidden="true">${t('searchCount', passages)}</span>
        <span class="visually-hidden">${t('searchCounts', passages, documents)}</span></li>`)}</ul></nav>`;
  }

  #item(item) {
    return html`<li class="search-item card" data-path=${item.path}>
      <h2><a href=${placeOfHeld(item, item.held[0])} target="_blank" rel="noopener">${item.name}<span class="visually-hidden"> ${t('opensNewTab')}</span></a>
        ${sampleBadge(item)} <span class="count">${t('searchCount', item.passages)}</span></h2>
      <p class="search-path">${item.path}</p>
      <ol class="search-held">${item.held.map((held) => passage(item, held))}</ol>
      ${item.held.length < Math.min(item.passages, MOST)
        ? html`<button class="button button-small button-quiet" type="button" data-action="rest" @click=${() => this.#rest(item)}>${t('searchRest', item.passages)}</button>`
        : nothing}
    </li>`;
  }

  #submit(event) {
    event.preventDefault();
    const find = this.querySelector('#search-words').value.trim();
    if (find === route.get('find')) this.#load();
    else if (find) route.go({ view: 'search', find, sort: route.get('sort') });
  }

  #followAddress() {
    if (this.hidden || session.signedOut) return;
    if (route.get('find')) this.#load();
    else {
      this.#request?.abort();
      Object.assign(this, { found: null, problem: null, loading: false });
      this.updateComplete.then(() => matchMedia('(hover: hover)').matches && this.querySelector('#search-words')?.focus());
    }
  }

  async #load(cursor = '') {
    await this.#try(async (signal) => {
      const found = await searchWords({ ...conditions(), cursor }, signal);
      if (!signal.aborted) this.found = cursor ? { ...found, items: [...this.found.items, ...found.items] } : found;
    });
  }

  /** All passages of one document. */
  async #rest({ document_id: id }) {
    await this.#try(async (signal) => {
      const { items } = await searchWords({ ...conditions(), document: id, passages: MOST }, signal);
      if (signal.aborted || items.length === 0) return;
      this.found = { ...this.found, items: this.found.items.map((item) => (item.document_id === id ? items[0] : item)) };
    });
  }

  async #try(work) {
    this.#request?.abort();
    const { signal } = (this.#request = new AbortController());
    this.loading = true;
    try {
      await work(signal);
      if (!signal.aborted) this.problem = null;
    } catch (problem) {
      if (!signal.aborted) this.problem = problem;
    }
    if (!signal.aborted) this.loading = false;
  }
}

/** What the address asks of the service. */
function conditions() {
  return { q: route.get('find'), source: route.get('source'), path_prefix: route.get('folder'), media_type: route.get('type'), sort: route.get('sort') };
}

/** The address of this search with some conditions changed. */
function address(changes) {
  return { view: 'search', ...Object.fromEntries(CONDITIONS.map((name) => [name, route.get(name)])), ...changes };
}

function link(changes, label) {
  return html`<a href=${route.link(address(changes))} @click=${route.follow}>${label}</a>`;
}

function sourceName(source) {
  return source === SAMPLES ? t('sample') : source;
}

function passage(item, held) {
  const { text, marks, begins, ends } = around(held.text, wordMarks(held.text, route.get('find')), SHOWN);
  const place = placeOf(held);
  const heading = held.heading.join(' › ');
  return html`<li><a class="search-passage" href=${placeOfHeld(item, held)} target="_blank" rel="noopener">
    <span class="search-place">${[nameOf({ name: '', entry: held.entry }).replace(/^ › /, ''), place, heading === place ? '' : heading].filter(Boolean).join(' · ')}</span>
    <span class="search-text">${begins ? nothing : '…'}${marked(text, marks)}${ends ? nothing : '…'}</span></a></li>`;
}

function marked(text, marks) {
  const parts = [];
  let at = 0;
  for (const { start, end } of marks) {
    parts.push(text.slice(at, start), html`<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return [...parts, text.slice(at)];
}

/** The place of a passage, with the words around the first mark as its quote. */
function placeOfHeld({ document_id: id }, held) {
  const marks = held ? wordMarks(held.text, route.get('find')) : [];
  const quote = held ? around(held.text, marks, QUOTED).text : '';
  return route.link({ view: 'place', document: id, passage: String(held?.ordinal ?? 0), quote });
}

customElements.define('zk-search', Search);
