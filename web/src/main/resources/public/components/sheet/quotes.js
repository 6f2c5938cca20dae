import { html, nothing } from 'lit';
import { originalOf } from '../../api.js';
import { dateTime, number, t } from '../../language.js';
import { sourceIs } from '../answer/said.js';
import { nameOf, placeOf, sampleBadge } from '../../places.js';
import '../pdf-page/pdf-page.js';

/** Pages that are drawn on one sheet; of further quotes the words alone stand there. */
const MOST_PAGES = 24;

/** Each quote with its place, its file and, of a PDF, the page as it looks with the quote marked. `changed` are files that are not what they were. */
export function quotesOf(citations, changed) {
  if (citations.length === 0) return html`<p class="sheet-soft">${t('sheetNoQuotes')}</p>`;
  return html`<h3>${t('sheetQuotes')}</h3><ol class="sheet-quotes">${citations.map((citation, i) => quote(citation, i, changed))}</ol>`;
}

function quote(citation, i, changed) {
  const now = changed.find(({ document_id: id }) => id === citation.document_id);
  return html`<li class="sheet-quote card">
    <h4><span class="passage-number">${citation.number}</span> ${nameOf(citation)} ${sampleBadge(citation)}</h4>
    <blockquote>${citation.quote}</blockquote>
    ${citation.verified === false ? html`<p class="notice notice-warn">${t('panelUnverified')}</p>` : nothing}
    ${now ? html`<p class="notice notice-warn">${t(sourceIs(now.state), nameOf(citation))}</p>` : nothing}
    ${facts(citation)}
    ${i < MOST_PAGES && !now ? picture(citation) : nothing}
  </li>`;
}

function facts(citation) {
  const { page, page_label: label, heading, path, source, modified_at: modified, sha256, recognised, verified } = citation;
  const all = [
    ['panelPlace', page ? t(label ? 'sheetPages' : 'page', page, label) : placeOf(citation)],
    ['panelHeading', (heading ?? []).join(' › ')],
    ['panelPath', path],
    ['panelSource', source],
    ['sheetVersion', modified ? dateTime(modified) : ''],
    ['sheetText', recognised ? t('viewRecognised', number(recognised)) : t('sheetDigital')],
    ['sheetChecked', verified === false ? '' : t('sheetWordForWord')],
    ['sheetHash', sha256],
  ];
  return html`<dl class="panel-facts">${all
    .filter(([, value]) => value)
    .map(([name, value]) => html`<div><dt>${t(name)}</dt><dd class=${name === 'sheetHash' ? 'sheet-hash' : nothing}>${value}</dd></div>`)}</dl>`;
}

/** The original as it looks, where it can be drawn. */
function picture({ document_id: id, media_type: type, page, entry, quote: words, name }) {
  if (entry) return nothing;
  const address = originalOf({ document_id: id });
  if (/^image\/(png|jpeg|gif|webp|bmp|avif)$/.test(type)) return html`<img class="view-picture" src=${address} alt=${name}>`;
  if (type !== 'application/pdf' || !page) return nothing;
  return html`<zk-pdf-page .address=${address} .page=${page} .quote=${words ?? ''} .still=${true}></zk-pdf-page>`;
}
