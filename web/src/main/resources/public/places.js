import { html, nothing } from 'lit';
import { t } from './language.js';

/** The source that comes with the service and is labelled wherever something of it is shown. */
export const SAMPLES = 'samples';

/** Places that the service words in English whoever asks. */
const COUNTED = /^(slide|row|line)s? (\d+)(?:-(\d+))?$/;

/** A document's name, with the file inside it when it is an archive or a mail. */
export function nameOf({ name, entry }) {
  return entry ? `${name} › ${entry}` : name;
}

/** Where in the document, in the reader's language: its page where there is one, else slide, row or line, else the heading or cells as they are. */
export function placeOf({ page, location }) {
  if (page) return t('page', page);
  const [, kind, from, to] = COUNTED.exec(location ?? '') ?? [];
  return kind ? t(`place_${kind}`, from, to) : (location ?? '');
}

export function isSample({ source }) {
  return source === SAMPLES;
}

export function sampleBadge(shown) {
  return isSample(shown) ? html`<span class="badge badge-sample" title=${t('sampleTitle')}>${t('sample')}</span>` : nothing;
}
