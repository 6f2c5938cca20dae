import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';

/** Documents that are named one by one before they are deleted; of more the rest is counted. */
const NAMED = 8;

/** Asks before documents are deleted. Opens when given some. */
class DeleteDialog extends ZkElement {
  static properties = { items: { attribute: false } };

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  render() {
    if (!this.items) return nothing;
    const [first, ...others] = this.items;
    return html`<dialog class="delete-dialog" id="delete-dialog" aria-labelledby="delete-title" @close=${this.#closed}>
      <form method="dialog">
        <h2 id="delete-title">${others.length === 0 ? t('removeTitle') : t('removeManyTitle', this.items.length)}</h2>
        <p>${others.length === 0 ? t('removeExplanation', first.path) : t('removeManyExplanation')}</p>
        ${others.length === 0 ? nothing : this.#names()}
        <p class="dialog-buttons">
          <button class="button" value="cancel" autofocus>${t('cancel')}</button>
          <button class="button button-danger" value="delete" id="delete-confirm">${t('removeConfirm')}</button>
        </p>
      </form>
    </dialog>`;
  }

  #names() {
    const rest = this.items.length - NAMED;
    return html`<ul>${this.items.slice(0, NAMED).map(({ path }) => html`<li>${path}</li>`)}${rest > 0 ? html`<li>${t('removeManyRest', rest)}</li>` : nothing}</ul>`;
  }

  #closed(event) {
    this.tell(event.target.returnValue === 'delete' ? 'zk-delete' : 'zk-cancel');
  }
}

customElements.define('zk-delete-dialog', DeleteDialog);
