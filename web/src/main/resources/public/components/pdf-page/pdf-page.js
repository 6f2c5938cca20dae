import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { number, t } from '../../language.js';
import { drawPage, openPdf } from '../../pdf-file.js';
import { cutAtMarks, findQuote } from '../../quote-match.js';

/** A page of a PDF file with a quote marked on it. Tells `zk-page-drawn` of the page asked for, with whether its words hold the quote. */
class PdfPage extends ZkElement {
  static properties = {
    address: { attribute: false },
    page: { attribute: false },
    quote: { attribute: false },
    still: { attribute: false },
    shown: { state: true },
    pages: { state: true },
    problem: { state: true },
  };

  #file = null;
  #drawnFor = '';
  #drawing = Promise.resolve(); // one after the other: a canvas takes one drawing at a time

  constructor() {
    super();
    this.quote = '';
    this.still = false; // whether it leaves the window where it is
    this.shown = 0;
    this.pages = 0;
    this.problem = false;
  }

  connected(signal) {
    this.#drawnFor = '';
    signal.addEventListener('abort', () => this.#close());
  }

  willUpdate(changed) {
    if (changed.has('page') || changed.has('address')) this.shown = this.page;
  }

  updated() {
    const wanted = JSON.stringify([this.address, this.shown, this.quote]);
    if (wanted === this.#drawnFor) return;
    this.#drawnFor = wanted;
    this.#drawing = this.#drawing.then(() => this.#draw(wanted)).catch(() => this.#isWanted(wanted) && this.#fail());
  }

  render() {
    return html`<div class="pdf-bar" ?hidden=${this.pages === 0}>${this.#turn(-1, 'pdfPrevious', '‹')}
        <span>${t('pdfPageOf', number(this.shown), number(this.pages))}</span>${this.#turn(1, 'pdfNext', '›')}</div>
      ${this.problem ? html`<p class="notice notice-warn">${t('pdfFailed')}</p>` : nothing}
      <div class="pdf-sheet" role="group" tabindex="0" aria-label=${t('viewPage', this.shown)} ?hidden=${this.problem}>
        <canvas aria-hidden="true"></canvas><div class="pdf-words"></div></div>`;
  }

  #turn(step, label, sign) {
    const to = this.shown + step;
    return html`<button class="button button-quiet button-small" type="button" data-page-step=${step} aria-label=${t(label)}
      ?disabled=${to < 1 || to > this.pages} @click=${() => (this.shown = to)}>${sign}</button>`;
  }

  async #draw(wanted) {
    if (!this.#isWanted(wanted)) return;
    this.problem = false;
    const file = await this.#open();
    this.pages = file.numPages;
    const page = await file.getPage(Math.min(Math.max(1, this.shown), file.numPages));
    if (!this.#isWanted(wanted)) return;
    const sheet = this.querySelector('.pdf-sheet');
    const words = await drawPage(page, { canvas: sheet.querySelector('canvas'), layer: sheet.querySelector('.pdf-words'), width: sheet.clientWidth });
    if (!this.#isWanted(wanted)) return;
    const found = this.quote === '' || markWords(words, this.quote);
    if (!this.still) sheet.querySelector('mark')?.scrollIntoView({ block: 'center', inline: 'nearest' });
    sheet.dataset.drawn = this.shown;
    if (this.shown === this.page) this.tell('zk-page-drawn', { found });
  }

  #isWanted(wanted) {
    return this.isConnected && this.#drawnFor === wanted;
  }

  async #open() {
    if (this.#file?.address !== this.address) {
      this.#close();
      this.#file = { address: this.address, opening: openPdf(this.address) };
    }
    return (await this.#file.opening).file;
  }

  #fail() {
    this.problem = true;
    this.tell('zk-page-drawn', { found: false });
  }

  #close() {
    this.#file?.opening.then(({ close }) => close()).catch(() => {});
    this.#file = null;
  }
}

/** Marks a quote in the elements that hold the words of a page; whether it was found. */
function markWords(elements, quote) {
  const texts = elements.map((element) => element.textContent);
  const found = findQuote(texts, quote);
  for (const { index } of found) {
    const marks = found.filter((one) => one.index === index).map((one) => ({ ...one, kind: 'quote' }));
    elements[index].replaceChildren(...cutAtMarks(texts[index], marks).map(({ text, mark }) => (mark ? markOf(text) : text)));
  }
  return found.length > 0;
}

function markOf(text) {
  const mark = document.createElement('mark');
  mark.dataset.testid = 'quote';
  mark.textContent = text;
  return mark;
}

customElements.define('zk-pdf-page', PdfPage);
