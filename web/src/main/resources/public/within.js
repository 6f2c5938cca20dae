import { html, nothing } from 'lit';
import { getDocument } from './api.js';
import { t } from './language.js';
import { SAMPLES, nameOf } from './places.js';
import { route } from './route.js';

/** Most documents that a question may be kept to; their ids stand in the address. */
export const MOST_CHOSEN = 50;

const NAMES = ['source', 'folder', 'documents'];
/** Names of documents by id, as far as they were asked for. */
const known = new Map();

/** Where the address keeps a question to, as its parameters: a source, a folder, or certain documents. */
export function within() {
  return Object.fromEntries(NAMES.map((name) => [name, route.get(name)]).filter(([, value]) => value));
}

/** The same as the service takes it, or null for everywhere. */
export function filterOf({ source, folder, documents }) {
  if (documents) return { document_ids: documents.split(',').slice(0, MOST_CHOSEN) };
  if (!source && !folder) return null;
  return { ...(source ? { sources: [source] } : {}), ...(folder ? { path_prefix: folder } : {}) };
}

/** Says where a question is kept to, with the way out of it; `changed` is called when a name is known. */
export function withinNote(kept, changed) {
  const label = labelOf(kept, changed);
  if (!label) return nothing;
  return html`<p class="ask-within" id="ask-within">${t('askWithin')} <strong>${label}</strong>
    <a class="button button-small button-quiet" href=${route.link({})} @click=${route.follow}>${t('askEverywhere')}</a></p>`;
}

function labelOf({ source, folder, documents }, changed) {
  if (documents) {
    const ids = documents.split(',');
    return ids.length === 1 ? nameOfDocument(ids[0], changed) : t('askWithinSeveral', ids.length);
  }
  return [source === SAMPLES ? t('sample') : source, folder].filter(Boolean).join(' › ');
}

function nameOfDocument(id, changed) {
  if (!known.has(id)) {
    known.set(id, t('askWithinSeveral', 1));
    getDocument(id).then((document) => known.set(id, nameOf(document)), () => {}).then(changed);
  }
  return known.get(id);
}
