import { html, nothing } from 'lit';
import { has, t } from './language.js';

// Problems the page finds by itself have no sentence from the service.
const OWN = { unreachable: 'unreachable', unreadable: 'unreadable', 'broken-off': 'brokenOff' };

/**
 * What to tell about a problem: `{detail, remedy, technical}`. The page says in its own language what its reader can do; the words of the
 * service, which are for whoever runs it or asks by program, are the technical part.
 */
export function describe({ code, detail, remedy }) {
  const technical = [detail, remedy].filter(Boolean).join(' ');
  if (has(`problem_${code}`)) return { detail: t(`problem_${code}`), remedy: t(`remedy_${code}`), technical };
  if (detail) return { detail, remedy: '', technical: remedy ?? '' };
  const own = OWN[code] ?? OWN.unreadable;
  return { detail: t(`${own}Detail`), remedy: t(`${own}Remedy`), technical: '' };
}

/** A warning of an answer, likewise. */
export function describeWarning({ code, detail, remedy }) {
  if (has(`warning_${code}`)) return { detail: t(`warning_${code}`), technical: [detail, remedy].filter(Boolean).join(' ') };
  return { detail, technical: remedy ?? '' };
}

/** The technical part, folded; `code` is what the documentation lists it under. */
export function technicalPart(technical, code = '') {
  if (!technical && !code) return nothing;
  return html`<details class="technical"><summary>${t('details')}</summary><p>${code ? html`<code>${code}</code> ` : nothing}${technical}</p></details>`;
}
