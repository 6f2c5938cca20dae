import { html, nothing } from 'lit';
import { number, t } from '../../language.js';
import { isSample } from '../../places.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { MOST_CHOSEN } from '../../within.js';

/** What can be done with the documents that are chosen: asked, read anew, deleted. `does` has retry, remove and clear. */
export function chosenBar(items, does) {
  if (items.length === 0) return nothing;
  const ready = items.filter(({ state }) => state === 'indexed');
  const failed = items.filter(({ state }) => state === 'failed');
  const own = items.filter((item) => !isSample(item));
  return html`<div class="documents-chosen card" id="documents-chosen" role="group" aria-label=${t('chosen', number(items.length))}>
    <strong role="status">${t('chosen', number(items.length))}</strong>
    ${ready.length > 0 && ready.length <= MOST_CHOSEN ? link('ask-chosen', { documents: ids(ready) }, t('askChosen')) : nothing}
    ${ready.length === 1 && writes() ? link('summarise', { q: t('summariseQuestion'), documents: ids(ready) }, t('summarise')) : nothing}
    ${failed.length > 0 ? button('retry-chosen', t('retryMany', number(failed.length)), () => does.retry(failed)) : nothing}
    ${own.length > 0 ? button('delete-chosen', t('removeMany', number(own.length)), () => does.remove(own)) : nothing}
    ${button('clear-chosen', t('chosenClear'), does.clear)}</div>`;
}

function ids(items) {
  return items.map(({ id }) => id).join(',');
}

/** Whether a model writes: quotes are no summary. */
function writes() {
  const generator = statusFeed.status?.generator;
  return generator !== undefined && generator.backend !== 'extractive';
}

function link(id, to, label) {
  return html`<a class="button button-small" id=${id} href=${route.link(to)} @click=${route.follow}>${label}</a>`;
}

function button(id, label, click) {
  return html`<button class="button button-small" type="button" id=${id} @click=${click}>${label}</button>`;
}
