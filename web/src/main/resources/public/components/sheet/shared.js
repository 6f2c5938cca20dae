import { html, nothing } from 'lit';
import { t } from '../../language.js';
import { nameOf } from '../../places.js';
import { route } from '../../route.js';
import '../evidence/evidence.js';

/** Most places that a link names. */
const MOST = 20;
const PLACE = /^(d_[0-9A-Za-z]{1,40}):(\d{1,7})$/;

/** The places that a link names, as `{document_id, ordinal}`; what is none is left out. */
export function placesOf(named) {
  return named
    .split(',')
    .map((one) => PLACE.exec(one))
    .filter(Boolean)
    .slice(0, MOST)
    .map(([, id, ordinal]) => ({ document_id: id, ordinal: Number(ordinal) }));
}

/** The address to send somebody: the question and which passages were cited, and no word of the answer or of a document. */
export function sharedLink(runs) {
  const places = runs.flatMap(({ response }) => response?.citations ?? []).map(({ document_id: id, ordinal = 0 }) => `${id}:${ordinal}`);
  const question = runs.map(({ question: one }) => one).join(' · ');
  return new URL(route.link({ view: 'sheet', q: question, places: [...new Set(places)].slice(0, MOST).join(',') }), location.origin).href;
}

/** What somebody was sent: the places, each read with the rights of whoever looks. */
export function sharedPlaces(question, places) {
  return html`<div class="sheet-tools card"><p>${t('sheetShared')}</p>
      <p class="sheet-buttons">${question ? html`<a class="button button-primary" id="sheet-ask" href=${route.link({ q: question })} @click=${route.follow}>${t('sheetAskMyself')}</a>` : nothing}</p></div>
    ${question ? html`<h2>${question}</h2>` : nothing}
    <ol class="sheet-quotes" id="sheet-places">${places.map((place) => html`<li class="sheet-quote card"><h3 class="sheet-name">${t('sheetPlace')}</h3>
      <zk-evidence .place=${place} .quote=${''} .others=${[]} @zk-document=${named}></zk-evidence></li>`)}</ol>`;
}

/** The heading of a place is the name of its document, once it was read. */
function named(event) {
  event.currentTarget.previousElementSibling.textContent = nameOf(event.detail);
}
