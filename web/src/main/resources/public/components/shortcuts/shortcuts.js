import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';
import { route } from '../../route.js';

/** What keys do, in the order of the list: names of the keys, and of the sentence. */
const SHORTCUTS = [
  [['Enter'], 'shortcutAsk'],
  [['Shift', 'Enter'], 'shortcutLine'],
  [['Ctrl', 'K'], 'shortcutQuestion'],
  [['Esc'], 'shortcutStop'],
  [['←', '→'], 'shortcutPassages'],
  [['Ctrl', '/'], 'shortcutList'],
];

/** Keys for the whole page, and the list of all. None is a letter alone, which a voice or a wrong focus could press. */
class Shortcuts extends ZkElement {
  static properties = { open: { state: true } };

  constructor() {
    super();
    this.open = false;
  }

  connected(signal) {
    document.addEventListener('keydown', (event) => this.#pressed(event), { signal });
    document.addEventListener('zk-shortcuts', () => (this.open = true), { signal });
  }

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  render() {
    if (!this.open) return nothing;
    return html`<dialog class="shortcuts" id="shortcuts" aria-labelledby="shortcuts-title" @close=${() => (this.open = false)}>
      <form method="dialog">
        <h2 id="shortcuts-title">${t('shortcuts')}</h2>
        <dl>${SHORTCUTS.map(([keys, sentence]) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(sentence)}</dd></div>`)}</dl>
        <p class="dialog-buttons"><button class="button" autofocus>${t('panelClose')}</button></p>
      </form>
    </dialog>`;
  }

  #pressed(event) {
    if (event.isComposing || event.altKey || event.shiftKey || document.querySelector('dialog:modal')) return;
    const command = event.ctrlKey || event.metaKey;
    if (command && event.key === '/') this.open = true;
    else if (command && event.key.toLowerCase() === 'k') write();
    else if (!command && event.key === 'Escape' && document.querySelector('#stop') && !document.querySelector('dialog[open]')) document.querySelector('#stop').click();
    else return;
    event.preventDefault();
  }
}

function write() {
  if (route.view !== 'ask') route.go(route.asked);
  requestAnimationFrame(() => document.querySelector('#question')?.select());
}

customElements.define('zk-shortcuts', Shortcuts);
