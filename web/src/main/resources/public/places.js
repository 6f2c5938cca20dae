import { html, nothing } from 'lit';
import { originalOf, safeOriginal } from './api.js';
import { copyText } from './clipboard.js';
import { t } from './language.js';
import { route } from './route.js';

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

/** What a browser shows by itself; the rest it saves. */
const SHOWN = /^(application\/pdf|text\/plain|image\/(png|jpeg|gif|webp|bmp|avif))\b/;
/** Longest quote that goes into an address. */
const LONGEST_QUOTE = 300;

/** The way to the original: to look at, or to save where browsers cannot show it. */
export function originalLink(shown) {
  const saved = shown.media_type && !SHOWN.test(shown.media_type);
  return html`<a class="button button-primary button-small" id="panel-original" target="_blank" rel="noopener noreferrer"
    href=${safeOriginal(shown.url) ?? originalOf(shown)}>${t(saved ? 'panelDownload' : 'panelOpenOriginal')}${saved
      ? nothing
      : html`<span class="visually-hidden"> ${t('opensNewTab')}</span>`}</a>`;
}

/** The address of a place with its quote, to look at and to copy; whoever opens it needs the right to read the document. */
export function placeLink({ document_id: id, ordinal = 0 }, quote = '') {
  const short = [...quote].slice(0, LONGEST_QUOTE).join('');
  const address = route.link({ view: 'place', document: id, passage: String(ordinal), quote: short });
  const copy = async ({ currentTarget: button }) => {
    const copied = await copyText(new URL(address, location.origin).href);
    button.nextElementSibling.textContent = t(copied ? 'copied' : 'copyFailed');
  };
  return html`<a class="button button-small" id="panel-place" href=${address} target="_blank" rel="noopener">${t('panelWhole')}<span
      class="visually-hidden"> ${t('opensNewTab')}</span></a>
    <button class="button button-small" type="button" id="panel-copy" @click=${copy}>${t('panelCopyLink')}</button>
    <span class="panel-said" role="status"></span>`;
}

export function isSample({ source }) {
  return source === SAMPLES;
}

export function sampleBadge(shown) {
  return isSample(shown) ? html`<span class="badge badge-sample" title=${t('sampleTitle')}>${t('sample')}</span>` : nothing;
}
