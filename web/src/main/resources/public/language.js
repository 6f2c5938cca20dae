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
  return wanted.map(spoken).find(Boolean) ?? 'en';
}

/** The key of MESSAGES for a language tag; Chinese is written in two ways, which a script or a region tells. */
export function spoken(tag) {
  const parts = tag.toLowerCase().split('-');
  if (parts[0] !== 'zh') return Object.keys(MESSAGES).find((candidate) => candidate.split('-')[0] === parts[0]);
  const traditional = parts.includes('hant') || (!parts.includes('hans') && ['tw', 'hk', 'mo'].some((region) => parts.includes(region)));
  return traditional ? 'zh-Hant' : 'zh-CN';
}

export const language = new Language();

/** The message of that name in the current language; messages that take values are functions. */
export function t(name, ...values) {
  const message = MESSAGES[language.current][name];
  if (message === undefined) throw new Error(`no message ${name} in ${language.current}`);
  return typeof message === 'function' ? message(...values) : message;
}

/** Whether there is a message of that name. */
export function has(name) {
  return Object.hasOwn(MESSAGES[language.current], name);
}

export function number(value) {
  return new Intl.NumberFormat(language.current).format(value);
}

export function dateTime(timestamp) {
  const date = new Date(timestamp);
  if (Number.isNaN(date.getTime())) return '';
  return new Intl.DateTimeFormat(language.current, { dateStyle: 'medium', timeStyle: 'short' }).format(date);
}

/** A number of bytes in the largest unit that leaves a whole one, to a tenth below ten. */
export function size(bytes) {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  const format = { style: 'unit', unit: units[power], unitDisplay: 'short', maximumFractionDigits: value < 10 ? 1 : 0 };
  return new Intl.NumberFormat(language.current, format).format(value);
}

/** A length of time rounded to one unit, for estimates: 40 seconds, 3 minutes, 2 hours. */
export function roughly(seconds) {
  const [value, unit] = seconds < 90 ? [seconds, 'second'] : seconds < 5400 ? [seconds / 60, 'minute'] : [seconds / 3600, 'hour'];
  const format = { style: 'unit', unit, unitDisplay: 'long' };
  return new Intl.NumberFormat(language.current, format).format(Math.max(1, Math.round(value)));
}

/** A length of time to a tenth of a second, to a second from ten on. */
export function seconds(milliseconds) {
  const digits = milliseconds < 9_950 ? 1 : 0;
  const value = new Intl.NumberFormat(language.current, { maximumFractionDigits: digits }).format(Math.max(milliseconds, 100) / 1000);
  return t('seconds', milliseconds < 100 ? `< ${value}` : value);
}
