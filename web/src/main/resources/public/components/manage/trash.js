import { html, nothing } from 'lit';
import { trash } from '../../administration.js';
import { dateTime, number, size, t } from '../../language.js';
import { ManagePanel, things } from './panel.js';

/** Deleted files that are still kept: put back, where they lay or elsewhere, and deleted for good. */
class ManageTrash extends ManagePanel {
  static properties = { taken: { state: true } };

  constructor() {
    super();
    this.panel = 'trash';
    this.taken = ''; // the file at whose path something lies again
  }

  read(signal) {
    return trash.list(signal);
  }

  content() {
    const { items, next_cursor: more } = this.data;
    return html`${items.length > 0 ? html`<p>${this.#emptying()}</p>` : nothing}
      ${things(items.map((file) => this.#file(file)), t('trashNone'))}
      ${more ? html`<p class="manage-soft">${t('trashMore', number(items.length))}</p>` : nothing}`;
  }

  #file({ id, source, path, bytes, deleted_by: by, deleted_at: at, kept_until: end }) {
    return {
      id,
      name: path,
      facts: [source, size(bytes), t('trashDeletedAt', dateTime(at)), by && t('trashDeletedBy', by), t('trashKept', dateTime(end))],
      more: this.taken === id ? this.#elsewhere(id, path) : nothing,
      actions: html`${this.button('restore', t('trashRestore'), () => this.#restore(id, ''), path)}
        ${this.careful('discard', { of: path, label: t('trashDiscard'), question: t('trashDiscardQuestion'), act: () => trash.discard(id), said: t('trashDiscarded', path) })}`,
    };
  }

  #elsewhere(id, path) {
    const send = (event) => {
      event.preventDefault();
      this.#restore(id, new FormData(event.target).get('path').trim());
    };
    return html`<form class="manage-form" @submit=${send}>
      <label>${t('trashPath')}<input name="path" required maxlength="2000" autocomplete="off" .value=${path}></label>
      <button class="button button-small" type="submit" data-action="restore-as">${t('trashRestoreAs')}</button>
    </form>`;
  }

  async #restore(id, path) {
    this.taken = '';
    const came = await this.act(() => trash.restore(id, path), t('trashRestored'));
    if (came === undefined && this.problem?.code === 'path-taken') this.taken = id;
  }

  #emptying() {
    return this.careful('empty', { of: '', label: t('trashEmpty'), question: t('trashEmptyQuestion'), act: () => trash.empty(), said: t('trashEmptied') });
  }
}

customElements.define('zk-manage-trash', ManageTrash);
