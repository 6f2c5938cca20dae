import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { originalOf, safeOriginal } from '../../api.js';
import { cutAtQuotes } from '../../citations.js';
import { dateTime, number, t } from '../../language.js';
import { nameOf, placeOf, sampleBadge } from '../../places.js';

/** One passage in full, with the quoted words marked, and the way to the original. Opens when given a number. */
class PassagePanel extends ZkElement {
  static properties = { run: { attribute: false }, number: { attribute: false } };

  updated() {
    const dialog = this.querySelector('dialog');
    if (dialog && !dialog.open) dialog.showModal();
  }

  render() {
    const citations = (this.run.response?.citations ?? []).filter(({ number }) => number === this.number);
    const passage = this.run.passages.find(({ number }) => number === this.number);
    const shown = passage || citations.length > 0 ? { ...passage, ...citations[0] } : null;
    return shown ? this.#dialog(shown, passage?.text ?? '', citations) : nothing;
  }

  #dialog(shown, text, citations) {
    return html`<dialog class="panel" id="passage-panel" aria-labelledby="panel-title" @close=${this.#closed} @click=${closeOnBackdrop}
      @keydown=${this.#turnByKey}>
      <div class="panel-body">
        <header class="panel-header">
          <p class="panel-number" id="panel-title"><span class="passage-number" aria-hidden="true">${shown.number}</span>${t('panelTitle', shown.number)}</p>
          <span class="panel-turn">${this.#turnButton(-1, 'panelPrevious', '←')} ${this.#turnButton(1, 'panelNext', '→')}</span>
          <button class="button button-quiet" type="button" id="panel-close" @click=${closeDialog}>${t('panelClose')}</button>
        </header>
        <h2 class="panel-name">${nameOf(shown)} ${sampleBadge(shown)}</h2>
        ${facts(shown)} ${quotesApart(text, citations)}
        <h3>${t('panelText')}</h3>
        <div class="panel-text" id="panel-text" tabindex="0">${marked(text, citations)}</div>
        ${citations.some(({ verified }) => verified === false) ? html`<p class="notice notice-warn">${t('panelUnverified')}</p>` : nothing}
        <p><a class="button button-primary" id="panel-original" target="_blank" rel="noopener noreferrer"
          href=${safeOriginal(shown.url) ?? originalOf(shown)}>${t('panelOpenOriginal')}<span class="visually-hidden"> ${t('opensNewTab')}</span></a></p>
      </div>
    </dialog>`;
  }

  /** The passage so many places before or behind this one, in the order of the list. */
  #neighbour(step) {
    const numbers = this.run.passages.map(({ number }) => number);
    return numbers[numbers.indexOf(this.number) + step];
  }

  #turnButton(step, label, sign) {
    const number = this.#neighbour(step);
    return html`<button class="button button-quiet button-small" type="button" data-step=${step} aria-label=${t(label)} title=${t(label)}
      ?disabled=${number === undefined} @click=${() => this.tell('zk-open-passage', number)}>${sign}</button>`;
  }

  #turnByKey(event) {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const number = step && this.#neighbour(step);
    if (number === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    this.tell('zk-open-passage', number);
  }

  #closed() {
    this.tell('zk-close-passage');
  }
}

function facts(shown) {
  const all = [
    ['panelPlace', placeOf(shown)],
    ['panelPageLabel', shown.page_label ?? ''],
    ['panelRecognised', shown.recognised ? `${number(shown.recognised)}%` : ''],
    ['panelHeading', (shown.heading ?? []).join(' › ')],
    ['panelPath', shown.path],
    ['panelSource', shown.source],
    ['panelModified', shown.modified_at ? dateTime(shown.modified_at) : ''],
  ];
  const given = all.filter(([, value]) => value);
  return html`<dl class="panel-facts">${given.map(([label, value]) => html`<div><dt>${t(label)}</dt><dd>${value}</dd></div>`)}</dl>`;
}

// A quote that does not stand in the text as it is (another line break, a table) is shown on its own, so that it is never lost.
function quotesApart(text, citations) {
  const apart = citations.filter(({ quote }) => quote && !text.includes(quote));
  if (apart.length === 0) return nothing;
  return html`<h3>${t('panelQuote')}</h3>${apart.map(({ quote }) => html`<blockquote class="panel-quote" data-testid="quote">${quote}</blockquote>`)}`;
}

function marked(text, citations) {
  const quotes = citations.map(({ quote }) => quote ?? '');
  return cutAtQuotes(text, quotes).map((piece) => (piece.quoted ? html`<mark data-testid="quote">${piece.text}</mark>` : piece.text));
}

function closeDialog(event) {
  event.target.closest('dialog').close();
}

function closeOnBackdrop(event) {
  if (event.target === event.currentTarget) event.target.close();
}

customElements.define('zk-passage-panel', PassagePanel);
