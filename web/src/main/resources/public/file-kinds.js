import { t } from './language.js';

/** Kinds of files by their media type: the beginning of one, what people call it, and how such files' names end. The first that fits counts. */
const KINDS = [
  ['application/pdf', 'pdf', ''],
  ['application/vnd.openxmlformats-officedocument.wordprocessingml', 'text', 'DOCX'],
  ['application/vnd.openxmlformats-officedocument.spreadsheetml', 'sheet', 'XLSX'],
  ['application/vnd.openxmlformats-officedocument.presentationml', 'slides', 'PPTX'],
  ['application/msword', 'text', 'DOC'],
  ['application/vnd.ms-word', 'text', 'DOCM'],
  ['application/vnd.ms-excel.', 'sheet', 'XLSM'],
  ['application/vnd.ms-excel', 'sheet', 'XLS'],
  ['application/vnd.ms-powerpoint', 'slides', 'PPT'],
  ['application/vnd.oasis.opendocument.text', 'text', 'ODT'],
  ['application/vnd.oasis.opendocument.spreadsheet', 'sheet', 'ODS'],
  ['application/vnd.oasis.opendocument.presentation', 'slides', 'ODP'],
  ['application/rtf', 'text', 'RTF'],
  ['text/rtf', 'text', 'RTF'],
  ['application/epub+zip', 'book', 'EPUB'],
  ['application/vnd.ms-outlook', 'mail', 'MSG'],
  ['application/mbox', 'mail', 'MBOX'],
  ['message/', 'mail', 'EML'],
  ['text/html', 'web', 'HTML'],
  ['application/xhtml+xml', 'web', 'XHTML'],
  ['text/plain', 'plain', 'TXT'],
  ['text/x-web-markdown', 'plain', 'MD'],
  ['text/markdown', 'plain', 'MD'],
  ['text/csv', 'sheet', 'CSV'],
  ['text/tsv', 'sheet', 'TSV'],
  ['text/tab-separated-values', 'sheet', 'TSV'],
  ['text/calendar', 'calendar', 'ICS'],
  ['text/vcard', 'contact', 'VCF'],
  ['text/x-vcard', 'contact', 'VCF'],
  ['application/zip', 'archive', 'ZIP'],
  ['image/', 'picture', null],
  ['audio/', 'sound', null],
  ['video/', 'film', null],
];

const OFFICE = 'application/vnd.openxmlformats-officedocument.';
const OPEN = 'application/vnd.oasis.opendocument.';

/** Media types that people look for as one kind, exactly as documents have them. */
const TOGETHER = {
  pdf: ['application/pdf'],
  text: [`${OFFICE}wordprocessingml.document`, 'application/vnd.ms-word.document.macroenabled.12', 'application/msword', `${OPEN}text`, 'application/rtf', 'text/rtf'],
  sheet: [`${OFFICE}spreadsheetml.sheet`, 'application/vnd.ms-excel.sheet.macroenabled.12', 'application/vnd.ms-excel', `${OPEN}spreadsheet`, 'text/csv', 'text/tsv', 'text/tab-separated-values'],
  slides: [`${OFFICE}presentationml.presentation`, 'application/vnd.ms-powerpoint', `${OPEN}presentation`],
  mail: ['message/rfc822', 'application/vnd.ms-outlook', 'application/mbox'],
  web: ['text/html', 'application/xhtml+xml'],
  plain: ['text/plain', 'text/x-web-markdown', 'text/markdown'],
  picture: ['image/png', 'image/jpeg', 'image/tiff', 'image/gif', 'image/bmp', 'image/webp', 'image/heic'],
};

/** Names of the kinds that a list can be narrowed to. */
export const TYPES = Object.keys(TOGETHER);

/** The media types of a kind; none for a name that is not one of `TYPES`. */
export function typesOf(kind) {
  return Object.hasOwn(TOGETHER, kind) ? TOGETHER[kind] : [];
}

/** What people call files of a media type, such as "Word document (DOCX)"; one that has no name of its own is named by its own words. */
export function kindOf(mediaType) {
  const type = mediaType.toLowerCase().split(';')[0].trim();
  const [, kind, ending] = KINDS.find(([beginning]) => type.startsWith(beginning)) ?? ['', 'other', null];
  return t(`kind_${kind}`, ending ?? ownWord(type));
}

/** The last word of a media type without what only registries need: x-java-source is JAVA. */
function ownWord(type) {
  const last = type.slice(type.indexOf('/') + 1).replace(/^(x-|vnd\.)+/, '').replace(/\+(xml|zip|json)$/, '');
  return last.replace(/-?source$|^source-?/, '').split(/[.-]/).at(-1).toUpperCase();
}
