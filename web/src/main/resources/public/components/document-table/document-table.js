import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { repeat } from 'lit/directives/repeat.js';
import { ZkElement } from '../../element.js';
import { originalOf } from '../../api.js';
import { dateTime, number, t } from '../../language.js';
import { isSample, sampleBadge } from '../../places.js';
import { route } from '../../route.js';

const COLUMNS = ['Chosen', 'Name', 'State', 'Source', 'Passages', 'Pages', 'Modified', 'Actions'];

/** One page of documents as a table, some of which may be chosen (`chosen`, by id); on a narrow screen each row becomes a card. The roles keep it a table for screen readers then. */
class DocumentTable extends ZkElement {
  static properties = { items: { attribute: false }, chosen: { attribute: false } };

  render() {
    return html`<table class="documents-table" id="documents-table" role="table" aria-labelledby="documents-title">
      <thead role="rowgroup"><tr role="row">${COLUMNS.map((name) => html`<th role="columnheader" scope="col">${name === 'Chosen' ? this.#all() : t(`column${name}`)}</th>`)}</tr></thead>
      <tbody role="rowgroup">${repeat(this.items, ({ id }) => id, (item) => this.#row(item))}</tbody>
    </table>`;
  }

  #all() {
    const all = this.items.every(({ id }) => this.chosen.has(id));
    return html`<input type="checkbox" id="choose-all" aria-label=${t('chooseAll')} .checked=${live(all)} @change=${() => this.tell('zk-choose', { items: this.items, chosen: !all })}>`;
  }

  #row(item) {
    const chosen = this.chosen.has(item.id);
    return html`<tr role="row" data-id=${item.id} data-state=${item.state} data-path=${item.path}>
      <td role="cell" class="cell-chosen"><input type="checkbox" aria-label=${t('chooseNamed', item.name)} .checked=${live(chosen)}
        @change=${() => this.tell('zk-choose', { items: [item], chosen: !chosen })}></td>
      <th role="rowheader" scope="row" class="cell-name">
        <a href=${originalOf({ document_id: item.id })} target="_blank" rel="noopener noreferrer">${item.name}<span
          class="visually-hidden"> ${t('opensNewTab')}</span></a>
        ${folderOf(item)}
      </th>
      <td role="cell" class="cell-state">${state(item)}</td>
      ${fact('Source', isSample(item) ? sampleBadge(item) : item.source)}
      ${fact('Passages', item.passages === null ? '' : number(item.passages ?? 0))}
      ${fact('Pages', item.pages ? number(item.pages) : '')}
      ${fact('Modified', item.modified_at ? html`<time datetime=${item.modified_at}>${dateTime(item.modified_at)}</time>` : '')}
      <td role="cell" class="cell-actions">${this.#actions(item)}</td>
    </tr>`;
  }

  #actions(item) {
    const retry = html`<button class="button button-small" type="button" data-action="retry" aria-label=${t('retryNamed', item.name)}
      @click=${() => this.tell('zk-retry', item)}>${t('retry')}</button>`;
    const remove = html`<button class="button button-small button-quiet" type="button" data-action="delete" aria-label=${t('removeNamed', item.name)}
      @click=${() => this.tell('zk-ask-delete', item)}>${t('remove')}</button>`;
    const ask = html`<a class="button button-small button-quiet" data-action="ask" href=${route.link({ documents: item.id })} aria-label=${t('askNamed', item.name)}
      @click=${route.follow}>${t('navAsk')}</a>`;
    return html`${item.state === 'indexed' ? ask : nothing} ${item.state === 'failed' ? retry : nothing} ${isSample(item) ? nothing : remove}`;
  }
}

/** Where the file lies; a click shows what else is there. */
function folderOf({ source, path, name }) {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  if (folder === '') return path === name ? nothing : html`<span class="cell-path">${path}</span>`;
  return html`<a class="cell-path" href=${route.link({ view: 'documents', source, folder })} aria-label=${t('folderOpen', folder)}
    @click=${route.follow}>${path}</a>`;
}

function fact(column, value) {
  const empty = value === '' || value === undefined || value === null;
  return html`<td role="cell" class="cell-fact cell-${column.toLowerCase()}" data-empty=${empty}>
    <span class="cell-label" aria-hidden="true">${t(`column${column}`)}</span> ${empty ? '–' : value}</td>`;
}

function state(item) {
  const later = item.state === 'failed' && item.next_retry_at ? t('nextRetry', dateTime(item.next_retry_at)) : '';
  const tried = item.state === 'failed' && item.attempts ? t('attempts', item.attempts) : '';
  const retries = [tried, later].filter(Boolean).join(' · ');
  return html`<span class="state" data-state=${item.state}>${t(`state_${item.state}`)}</span>
    ${item.state === 'pending' ? html`<span class="cell-remedy" data-stage=${item.stage}>${t(`stage_${item.stage}`)}</span>` : nothing}
    ${item.reason ? html`<span class="cell-reason" data-code=${item.reason_code ?? nothing}>${item.reason}</span>` : nothing}
    ${item.remedy ? html`<span class="cell-remedy">${item.remedy}</span>` : nothing}
    ${retries ? html`<span class="cell-remedy">${retries}</span>` : nothing}
    ${(item.notes ?? []).map((note) => html`<span class="cell-reason">${note}</span>`)}`;
}

customElements.define('zk-document-table', DocumentTable);
