import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ZkElement } from '../../element.js';
import { session } from '../../api.js';
import { t } from '../../language.js';
import { describe, technicalPart } from '../../problems.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { MAX_FILES, UploadQueue } from '../../upload-queue.js';

/** Uploading by button, or by dropping files anywhere on the page: a file dropped beside the mark would otherwise replace the page. */
class Upload extends ZkElement {
  static properties = { over: { state: true } };

  constructor() {
    super();
    this.over = false;
    this.queue = new UploadQueue();
  }

  connected(signal) {
    this.queue.addEventListener('change', () => this.requestUpdate(), { signal });
    this.queue.addEventListener('uploaded', () => statusFeed.look(), { signal });
    statusFeed.follow(() => this.queue.follow(), signal);
    document.addEventListener('dragover', (event) => this.#dragged(event), { signal });
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && (this.over = false), { signal });
    document.addEventListener('drop', (event) => this.#dropped(event), { signal });
    signal.addEventListener('abort', () => this.queue.stop());
  }

  render() {
    return html`<div class="upload" data-over=${this.over} id="upload" role="group" aria-label=${t('uploadTitle')}>
        <p>${this.over ? html`<strong>${t('uploadDrop')}</strong>` : html`${t('uploadHint')} ${this.#button()}`}</p>
      </div>
      <ul class="uploads" id="uploads" aria-label=${t('uploadList')} aria-live="polite" ?hidden=${this.queue.entries.length === 0}>
        ${repeat(this.queue.entries, ({ id }) => id, (entry) => this.#entry(entry))}
      </ul>`;
  }

  #button() {
    return html`<label class="button upload-button">${t('uploadChoose')}
      <input class="visually-hidden" id="upload-file" type="file" multiple @change=${this.#chosen}></label>`;
  }

  #entry(entry) {
    const percent = Math.round((entry.share ?? 0) * 100);
    return html`<li class="upload-entry" data-state=${entry.state} data-name=${entry.name}>
      <span class="upload-name">${entry.name}</span>
      <span class="upload-state">${entry.state === 'sending' ? t('upload_sending', percent) : t(`upload_${entry.state}`)}</span>
      ${entry.state === 'sending' ? html`<progress max="100" value=${percent} aria-label=${entry.name}></progress>` : nothing}
      ${this.#explanation(entry)}
      <span class="upload-actions">${this.#actions(entry)}</span>
    </li>`;
  }

  #explanation({ state, problem, document }) {
    const given = problem && state !== 'conflict' ? describe(problem) : { detail: document?.reason ?? '', remedy: document?.remedy ?? '' };
    return given.detail ? html`<span class="upload-problem">${given.detail} ${given.remedy} ${technicalPart(given.technical)}</span>` : nothing;
  }

  #actions({ id, name, state }) {
    if (state === 'waiting' || state === 'sending') return nothing;
    const resolve = (onConflict, label) => html`<button class="button button-small" type="button" data-action=${onConflict}
      @click=${() => this.queue.resolve(id, onConflict)}>${t(label)}</button>`;
    return html`${state === 'conflict' ? [resolve('rename', 'keepBoth'), resolve('replace', 'replace')] : nothing}
      <button class="button button-small button-quiet" type="button" data-action="dismiss" aria-label=${t('dismissNamed', name)}
        @click=${() => this.queue.dismiss(id)}>${t('dismiss')}</button>`;
  }

  #chosen(event) {
    this.#add([...event.target.files], []);
    event.target.value = '';
  }

  #dragged(event) {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.over = true;
  }

  #dropped(event) {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.over = false;
    if (route.view !== 'documents') route.go({ view: 'documents' });
    const items = [...event.dataTransfer.items].filter(({ kind }) => kind === 'file');
    const isFolder = (item) => item.webkitGetAsEntry()?.isDirectory ?? false;
    const files = items.filter((item) => !isFolder(item)).map((item) => item.getAsFile());
    const folders = items.filter(isFolder).map((item) => refusal(item.webkitGetAsEntry().name, t('uploadFolder')));
    this.#add(files, folders);
  }

  #takes(event) {
    return !session.signedOut && event.dataTransfer.types.includes('Files');
  }

  #add(files, refusals) {
    const left = files.slice(MAX_FILES);
    const tooMany = left.length > 0 ? [refusal(`${left[0].name} …`, t('uploadTooMany', MAX_FILES))] : [];
    this.queue.add(files.slice(0, MAX_FILES), [...refusals, ...tooMany]);
  }
}

function refusal(name, detail) {
  return { name, problem: { code: 'refused', detail, remedy: '' } };
}

customElements.define('zk-upload', Upload);
