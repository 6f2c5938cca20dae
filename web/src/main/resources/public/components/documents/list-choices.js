import { html } from 'lit';
import { typesOf, TYPES } from '../../file-kinds.js';
import { t } from '../../language.js';
import { route } from '../../route.js';

const DAY = 24 * 60 * 60 * 1000;
/** Days back that the list can be narrowed to. */
const SINCE = ['7', '30', '365'];
/** What the list can be sorted by: the names of `sort` and `order` in the address and in requests. */
const SORTS = ['name-asc', 'modified-desc', 'modified-asc', 'type-asc', 'state-asc', 'size-desc', 'size-asc'];
const CHOICES = { type: TYPES, since: SINCE, sort: SORTS };

/** Names of what the address may say about types, dates and the order of the list. */
export const CHOSEN = Object.keys(CHOICES);

/** Type, date and order to choose from; `go` is given what was chosen. */
export function choices(go) {
  return CHOSEN.map(
    (name) => html`<label class="mini-select"><span class="visually-hidden">${t(`list_${name}`)}</span>
      <select id=${`documents-${name}`} @change=${(event) => go({ [name]: event.target.value })}>
        <option value="" ?selected=${chosen(name) === ''}>${t(`list_${name}_any`)}</option>
        ${CHOICES[name].map((value) => html`<option value=${value} ?selected=${value === chosen(name)}>${t(`list_${name}_${value}`)}</option>`)}
      </select></label>`,
  );
}

/** The same as parameters of a request; what the address says and nobody can choose counts as nothing. */
export function chosenParameters() {
  const since = chosen('since');
  const [sort = '', order = ''] = chosen('sort').split('-');
  return {
    media_type: typesOf(chosen('type')).join(','),
    modified_after: since && new Date(Math.floor(Date.now() / DAY - Number(since)) * DAY).toISOString(),
    sort,
    order,
  };
}

function chosen(name) {
  const value = route.get(name);
  return CHOICES[name].includes(value) ? value : '';
}
