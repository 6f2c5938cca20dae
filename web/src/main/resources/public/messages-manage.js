import { manageHans } from './messages-manage-zh-hans.js';
import { manageHant } from './messages-manage-zh-hant.js';
import { manageEn } from './messages-manage-en.js';

/** The sentences of the administration, by the same tags as in messages.js; read with the first visit to it. */
export const MANAGE = {
  'zh-CN': manageHans,
  'zh-Hant': manageHant,
  en: manageEn,
};
