import { html, nothing } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import { ZkElement } from '../../element.js';
import { session } from '../../api.js';
import { t } from '../../language.js';
import { chosenFiles, droppedFiles } from '../../dropped-files.js';
import { describe, technicalPart } from '../../problems.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { MAX_FILES, UploadQueue } from '../../upload-queue.js';

/** Uploading by button, or by dropping files and folders on any view: a file dropped beside a mark would otherwise replace the page. */
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
    document.addEventListener('dragleave', (event) => event.relatedTarget === null && this.#drag(false), { signal });
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
      <input class="visually-hidden" id="upload-file" type="file" multiple @change=${this.#chosen}></label>
      <label class="button upload-button">${t('uploadChooseFolder')}
      <input class="visually-hidden" id="upload-folder" type="file" webkitdirectory @change=${this.#chosen}></label>`;
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
    if (state === 'waiting' || state === 'sending') {
      return html`<button class="button button-small button-quiet" type="button" data-action="cancel" aria-label=${t('uploadCancelNamed', name)}
        @click=${() => this.queue.cancel(id)}>${t('cancel')}</button>`;
    }
    const resolve = (onConflict, label) => html`<button class="button button-small" type="button" data-action=${onConflict}
      @click=${() => this.queue.resolve(id, onConflict)}>${t(label)}</button>`;
    return html`${state === 'conflict' ? [resolve('rename', 'keepBoth'), resolve('replace', 'replace')] : nothing}
      <button class="button button-small button-quiet" type="button" data-action="dismiss" aria-label=${t('dismissNamed', name)}
        @click=${() => this.queue.dismiss(id)}>${t('dismiss')}</button>`;
  }

  #chosen(event) {
    this.#add(chosenFiles(event.target.files));
    event.target.value = '';
  }

  #dragged(event) {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.#drag(true);
  }

  /** The sign is of the whole window, so that it is there on each view. */
  #drag(over) {
    this.over = over;
    if (over) document.documentElement.dataset.drop = t('uploadDrop');
    else delete document.documentElement.dataset.drop;
  }

  async #dropped(event) {
    if (!this.#takes(event)) return;
    event.preventDefault();
    this.#drag(false);
    if (route.view !== 'documents') route.go({ view: 'documents' });
    const names = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry()?.name ?? '').filter(Boolean);
    try {
      this.#add(await droppedFiles(event.dataTransfer.items, MAX_FILES));
    } catch {
      this.queue.add([], [refusal(names.join(', '), t('uploadFolder'))]); // it may not be read, or has gone
    }
  }

  #takes(event) {
    return !session.signedOut && event.dataTransfer.types.includes('Files');
  }

  #add(files) {
    const left = files.slice(MAX_FILES);
    const tooMany = left.length > 0 ? [refusal(`${left[0].path} …`, t('uploadTooMany', MAX_FILES))] : [];
    this.queue.add(files.slice(0, MAX_FILES), tooMany);
  }
}

function refusal(name, detail) {
  return { name, problem: { code: 'refused', detail, remedy: '' } };
}

customElements.define('zk-upload', Upload);
