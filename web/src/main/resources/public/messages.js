import { en } from './messages-en.js';
import { zhHans } from './messages-zh-hans.js';
import { zhHant } from './messages-zh-hant.js';

/** Every sentence of the page, under the same names in every language. By language tag; the first is shown first in the switch. */
export const MESSAGES = { 'zh-CN': zhHans, 'zh-Hant': zhHant, en };
