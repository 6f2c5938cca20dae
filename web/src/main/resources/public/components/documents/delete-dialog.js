import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';

/** Asks before a document is deleted. Opens when given an item. */
class DeleteDialog extends ZkElement {
  static properties = { item: { attribute: false } };

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  render() {
    if (!this.item) return nothing;
    return html`<dialog class="delete-dialog" id="delete-dialog" aria-labelledby="delete-title" @close=${this.#closed}>
      <form method="dialog">
        <h2 id="delete-title">${t('removeTitle')}</h2>
        <p>${t('removeExplanation', this.item.path)}</p>
        <p class="dialog-buttons">
          <button class="button" value="cancel" autofocus>${t('cancel')}</button>
          <button class="button button-danger" value="delete" id="delete-confirm">${t('removeConfirm')}</button>
        </p>
      </form>
    </dialog>`;
  }

  #closed(event) {
    this.tell(event.target.returnValue === 'delete' ? 'zk-delete' : 'zk-cancel');
  }
}

customElements.define('zk-delete-dialog', DeleteDialog);
