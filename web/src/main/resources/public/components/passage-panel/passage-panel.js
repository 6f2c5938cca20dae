import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { stopsOf } from '../../citations.js';
import { dateTime, number, t } from '../../language.js';
import { nameOf, originalLink, placeLink, placeOf, sampleBadge } from '../../places.js';
import '../evidence/evidence.js';

/** From this width on the panel stands beside the answer, and both can be used; below it covers the answer. */
const BESIDE = '(min-width: 62rem)';

/** Where a quote stands: the place in its document with the quote marked, and the way to the original. `opened` is a stop of the run. */
class PassagePanel extends ZkElement {
  static properties = { run: { attribute: false }, opened: { attribute: false } };

  connected(signal) {
    document.addEventListener('keydown', (event) => this.#pressed(event), { signal });
  }

  updated() {
    const dialog = this.querySelector('dialog');
    if (!dialog || dialog.open) return;
    if (matchMedia(BESIDE).matches) dialog.show();
    else dialog.showModal();
  }

  render() {
    if (!this.opened) return nothing;
    const citations = (this.run.response?.citations ?? []).filter(({ number: n }) => n === this.opened.number);
    // Opened while the answer grew, it has no quote yet: the first one is meant once the quotes are known.
    const citation = citations.find(({ quote }) => quote === this.opened.quote) ?? (this.opened.quote ? undefined : citations[0]);
    const passage = this.run.passages.find(({ number: n }) => n === this.opened.number);
    const shown = passage || citations.length > 0 ? { ...passage, ...(citation ?? citations[0]) } : null;
    return shown ? this.#dialog({ ...shown, text: passage?.text ?? '' }, citation, citations) : nothing;
  }

  #dialog(shown, citation, citations) {
    const others = citations.map(({ quote }) => quote).filter((quote) => quote && quote !== citation?.quote);
    return html`<dialog class="panel" id="passage-panel" aria-labelledby="panel-title" @close=${this.#closed} @click=${closeOnBackdrop}>
      <div class="panel-body">
        <header class="panel-header">
          <p class="panel-number" id="panel-title"><span class="passage-number" aria-hidden="true">${shown.number}</span>${this.#title(shown)}</p>
          <span class="panel-turn">${this.#turnButton(-1, 'panelPrevious', '←')} ${this.#turnButton(1, 'panelNext', '→')}</span>
          <button class="button button-quiet" type="button" id="panel-close" @click=${closeDialog}>${t('panelClose')}</button>
          <h2 class="panel-name">${nameOf(shown)} ${sampleBadge(shown)}</h2>
          <p class="panel-actions">${originalLink(shown)} ${placeLink(shown, citation?.quote)}</p>
        </header>
        ${citation?.verified === false ? html`<p class="notice notice-warn">${t('panelUnverified')}</p>` : nothing}
        <zk-evidence .place=${shown} .quote=${citation?.quote ?? ''} .others=${others}></zk-evidence>
        ${facts(shown)}
      </div>
    </dialog>`;
  }

  #title({ number: n }) {
    const quotes = stopsOf(this.run).filter((stop) => stop.number === n);
    const at = quotes.findIndex(({ quote }) => quote === this.opened.quote);
    return quotes.length > 1 && at >= 0 ? `${t('panelTitle', n)} · ${t('panelQuoteOf', at + 1, quotes.length)}` : t('panelTitle', n);
  }

  /** The quote so many before or behind this one, in the order of the passages; a passage that is not cited counts as one. */
  #neighbour(step) {
    const stops = stopsOf(this.run);
    const exact = stops.findIndex(({ number: n, quote }) => n === this.opened.number && quote === this.opened.quote);
    const at = exact >= 0 ? exact : stops.findIndex(({ number: n }) => n === this.opened.number);
    return stops[at + step];
  }

  #turnButton(step, label, sign) {
    const stop = this.#neighbour(step);
    return html`<button class="button button-quiet button-small" type="button" data-step=${step} aria-label=${t(label)} title=${t(label)}
      ?disabled=${stop === undefined} @click=${() => this.tell('zk-open-passage', stop)}>${sign}</button>`;
  }

  /** Keys of the panel: beside the answer they work from the answer too, but not where somebody writes or chooses, or moves in a table. */
  #pressed(event) {
    const dialog = this.querySelector('dialog[open]');
    if (!dialog || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey || event.defaultPrevented || isElsewhere(dialog)) return;
    if (event.key === 'Escape') dialog.close();
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    const stop = step && this.#neighbour(step);
    if (stop === undefined) return;
    event.preventDefault();
    this.tell('zk-open-passage', stop);
  }

  #closed() {
    this.tell('zk-close-passage');
  }
}

function isElsewhere(dialog) {
  const { activeElement } = document;
  const other = document.querySelector('dialog:modal');
  const uses = activeElement?.closest('textarea, input, select, .view-table, .view-code') ?? null;
  return (other !== null && other !== dialog) || uses !== null;
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

function closeDialog(event) {
  event.target.closest('dialog').close();
}

function closeOnBackdrop(event) {
  if (event.target === event.currentTarget && event.target.matches(':modal')) event.target.close();
}

customElements.define('zk-passage-panel', PassagePanel);
