import { MESSAGES } from './messages.js';
import { recall, remember } from './memory.js';

/** The language of the page. Tells `change`, upon which every component renders again. */
class Language extends EventTarget {
  #current = recalled() ?? preferred();

  constructor() {
    super();
    document.documentElement.lang = this.#current;
  }

  /** A key of MESSAGES, which is also the language tag sent to the service. */
  get current() {
    return this.#current;
  }

  choose(tag) {
    this.#current = tag;
    remember('language', tag);
    document.documentElement.lang = tag;
    this.dispatchEvent(new Event('change'));
  }
}

function recalled() {
  const tag = recall('language');
  return Object.hasOwn(MESSAGES, tag ?? '') ? tag : null;
}

function preferred() {
  const wanted = navigator.languages?.length ? navigator.languages : [navigator.language ?? ''];
  const primary = (tag) => tag.toLowerCase().split('-')[0];
  const known = Object.keys(MESSAGES);
  for (const tag of wanted) {
    const match = known.find((candidate) => primary(candidate) === primary(tag));
    if (match) return match;
  }
  return 'en';
}

export const language = new Language();

/** The message of that name in the current language; messages that take values are functions. */
export function t(name, ...values) {
  const message = MESSAGES[language.current][name];
  if (message === undefined) throw new Error(`no message ${name} in ${language.current}`);
  return typeof message === 'function' ? message(...values) : message;
}

export function number(value) {
  return new Intl.NumberFormat(language.current).format(value);
}

export function dateTime(timestamp) {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return '';
  return new Intl.DateTimeFormat(language.current, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** A length of time rounded to one unit, for estimates: 40 seconds, 3 minutes, 2 hours. */
export function roughly(seconds) {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const format = { style: 'unit', unit, unitDisplay: 'long' };
  return new Intl.NumberFormat(language.current, format).format(Math.max(1, Math.round(value)));
}

export function seconds(milliseconds) {
  const format = { style: 'unit', unit: 'second', unitDisplay: 'narrow', maximumFractionDigits: milliseconds < 10_000 ? 2 : 0 };
  return new Intl.NumberFormat(language.current, format).format(milliseconds / 1000);
}
