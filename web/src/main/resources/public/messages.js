import { CHOOSING } from './messages-choosing.js';
import { CONVERSATIONS } from './messages-conversations.js';
import { SEARCH } from './messages-search.js';
import { en } from './messages-en.js';
import { zhHans } from './messages-zh-hans.js';
import { zhHant } from './messages-zh-hant.js';

const LANGUAGES = { 'zh-CN': zhHans, 'zh-Hant': zhHant, en };

/** Every sentence of the page, under the same names in every language. By language tag; the first is shown first in the switch. */
export const MESSAGES = Object.fromEntries(Object.entries(LANGUAGES).map(([tag, sentences]) => [tag, { ...sentences, ...CONVERSATIONS[tag], ...SEARCH[tag], ...CHOOSING[tag] }]));

/** Adds the sentences of a part that is loaded later, by language tag too. */
export function learn(sentences) {
  for (const [tag, more] of Object.entries(sentences)) Object.assign(MESSAGES[tag], more);
}
