import { t } from './language.js';

// Problems the page finds by itself have no sentence from the service.
const OWN = { unreachable: 'unreachable', unreadable: 'unreadable', 'broken-off': 'brokenOff' };

/** What to tell about a problem: `{detail, remedy}`, the service's own words where it gave some. */
export function describe(problem) {
  const own = OWN[problem.code] ?? OWN.unreadable;
  if (problem.detail) return { detail: problem.detail, remedy: problem.remedy ?? '' };
  return { detail: t(`${own}Detail`), remedy: problem.remedy || t(`${own}Remedy`) };
}
