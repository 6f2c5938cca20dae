import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { originalOf, viewDocument } from '../../api.js';
import { cutAtQuotes } from '../../citations.js';
import { t } from '../../language.js';
import { describe } from '../../problems.js';
import { findQuote } from '../../quote-match.js';
import '../pdf-page/pdf-page.js';
import { blocksOf } from './blocks.js';

/** Passages shown on each side at first, more with each click, and most that the service gives. */
const AROUND = 2;
const MORE = 6;
const MOST = 20;

/**
 * A place of a document in its surroundings, with a quote marked and scrolled to. `place` names it: `document_id`, `ordinal`, perhaps `text`, which
 * is shown where the service does not give the document any more. `quote` is marked, `others` paler.
 */
class Evidence extends ZkElement {
  static properties = {
    place: { attribute: false },
    quote: { attribute: false },
    others: { attribute: false },
    excerpt: { state: true },
    form: { state: true },
    unfound: { state: true },
    problem: { state: true },
  };

  #shownFor = '';
  #scrolledFor = '';
  #request = null;
  #before = AROUND;
  #after = AROUND;

  constructor() {
    super();
    this.quote = '';
    this.others = [];
    this.excerpt = null;
    this.form = 'page';
    this.unfound = false;
    this.problem = null;
  }

  connected(signal) {
    signal.addEventListener('abort', () => this.#request?.abort());
  }

  willUpdate(changed) {
    const wanted = `${this.place.document_id} ${this.place.ordinal}`;
    if (changed.has('quote') || wanted !== this.#shownFor) this.unfound = false;
    if (wanted === this.#shownFor) return;
    this.#shownFor = wanted;
    this.#before = AROUND;
    this.#after = AROUND;
    this.excerpt = null;
    this.#load();
  }

  updated() {
    const wanted = `${this.#shownFor} ${this.quote} ${this.form} ${this.unfound}`;
    if ((!this.excerpt && !this.problem) || wanted === this.#scrolledFor) return;
    this.#scrolledFor = wanted;
    this.querySelector('.view mark[data-testid=quote]')?.scrollIntoView({ block: 'center', inline: 'nearest' });
  }

  render() {
    if (this.problem) return this.#alone();
    if (!this.excerpt) return html`<p class="view-loading" role="status">${t('viewLoading')}</p>`;
    const { blocks, document } = this.excerpt;
    if (blocks.length === 0) return html`<p class="notice">${t('viewEmpty')}</p>`;
    const marks = this.#marks(blocks);
    const picture = this.#picture(document, blocks, marks);
    if (picture === nothing) return this.#text(marks);
    return html`
      <p class="view-forms" role="group" aria-label=${t('viewForm')}>${this.#formButton('page', 'viewFormPage')} ${this.#formButton('text', 'viewFormText')}</p>
      ${this.form === 'text' ? nothing : html`<div @zk-page-drawn=${(event) => (this.unfound = !event.detail.found)}>${picture}</div>`}
      ${this.unfound && this.form !== 'text' ? html`<h3>${t('viewRecognisedText')}</h3>` : nothing}
      ${this.unfound || this.form === 'text' ? this.#text(marks) : nothing}`;
  }

  /** The original as it looks, where it is a picture or has pages that can be drawn; nothing for all else, and for files inside others. */
  #picture({ id, name, media_type: type }, blocks, marks) {
    const at = blocks[marks.find(({ kind }) => kind === 'quote')?.index] ?? blocks.find(({ passage }) => passage >= this.place.ordinal) ?? blocks[0];
    if (at.entry) return nothing;
    if (/^image\/(png|jpeg|gif|webp|bmp|avif)$/.test(type)) return html`<img class="view-picture" src=${originalOf({ document_id: id })} alt=${name} @load=${this.#pictured}>`;
    if (type !== 'application/pdf' || at.unit !== 'page') return nothing;
    return html`<zk-pdf-page .address=${originalOf({ document_id: id })} .page=${this.place.page ?? at.start} .quote=${this.quote}></zk-pdf-page>`;
  }

  /** The words of a picture are known without their places: they stand below it. */
  #pictured() {
    this.unfound = true;
  }

  #formButton(form, label) {
    return html`<button class="button button-small" type="button" data-form=${form} aria-pressed=${this.form === form ? 'true' : 'false'}
      @click=${() => (this.form = form)}>${t(label)}</button>`;
  }

  #text(marks) {
    const { blocks, from, to, passages, document } = this.excerpt;
    return html`
      ${this.quote && marks.every(({ kind }) => kind !== 'quote') ? html`<p class="notice notice-warn">${t('viewQuoteGone')}</p>${quoted(this.quote)}` : nothing}
      ${this.#more('viewEarlier', from > 0 && this.#before < MOST, () => (this.#before = Math.min(MOST, this.#before + MORE)))}
      <div class="view" id="panel-text" tabindex="0" role="region" aria-label=${t('panelText')} lang=${document.language ?? nothing}>${blocksOf(blocks, marks)}</div>
      ${this.#more('viewLater', to < passages - 1 && this.#after < MOST, () => (this.#after = Math.min(MOST, this.#after + MORE)))}`;
  }

  #marks(blocks) {
    const texts = blocks.map(({ text }) => text);
    const preferred = Math.max(0, blocks.findIndex(({ passage }) => passage >= this.place.ordinal));
    const found = (quote, kind) => findQuote(texts, quote, preferred).map((mark) => ({ ...mark, kind }));
    return [...found(this.quote, 'quote'), ...this.others.flatMap((quote) => found(quote, 'other'))];
  }

  /** The passage as it was found, where the document cannot be had: the answer is still to be checked. */
  #alone() {
    const { text = '' } = this.place;
    const apart = this.quote && !text.includes(this.quote);
    return html`${text ? nothing : html`<p class="notice notice-warn">${describe(this.problem).detail}</p>`}
      ${apart ? quoted(this.quote) : nothing}
      ${text ? html`<div class="view view-alone" id="panel-text" tabindex="0" role="region" aria-label=${t('panelText')}>${marked(text, this.quote)}</div>` : nothing}`;
  }

  #more(label, there, widen) {
    if (!there) return nothing;
    const load = () => {
      widen();
      this.#load();
    };
    return html`<p class="view-more"><button class="button button-quiet button-small" type="button" data-more=${label} @click=${load}>${t(label)}</button></p>`;
  }

  async #load() {
    this.#request?.abort();
    const request = new AbortController();
    this.#request = request;
    try {
      const excerpt = await viewDocument(this.place.document_id, { passage: this.place.ordinal ?? 0, before: this.#before, after: this.#after }, request.signal);
      if (request.signal.aborted) return;
      this.problem = null;
      this.excerpt = excerpt;
      this.tell('zk-document', excerpt.document);
    } catch (problem) {
      if (!request.signal.aborted) this.problem = problem;
    }
  }
}

function quoted(quote) {
  return html`<blockquote class="panel-quote" data-testid="quote">${quote}</blockquote>`;
}

function marked(text, quote) {
  return cutAtQuotes(text, [quote]).map((piece) => (piece.quoted ? html`<mark data-testid="quote">${piece.text}</mark>` : piece.text));
}

customElements.define('zk-evidence', Evidence);
