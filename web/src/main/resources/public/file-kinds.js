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
