import { html, nothing } from 'lit';
import { t } from './language.js';

/** The source that comes with the service and is labelled wherever something of it is shown. */
export const SAMPLES = 'samples';

/** A document's name, with the file inside it when it is an archive or a mail. */
export function nameOf({ name, entry }) {
  return entry ? `${name} › ${entry}` : name;
}

/** Where in the document: its page in the reader's language where there is one, else the place as the service words it. */
export function placeOf({ page, location }) {
  return page ? t('page', page) : (location ?? '');
}

export function isSample({ source }) {
  return source === SAMPLES;
}

export function sampleBadge(shown) {
  return isSample(shown) ? html`<span class="badge badge-sample" title=${t('sampleTitle')}>${t('sample')}</span>` : nothing;
}
