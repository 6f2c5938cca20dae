import { html, nothing } from 'lit';
import { pauseIngest } from '../../api.js';
import { ZkElement } from '../../element.js';
import { number, roughly, t } from '../../language.js';
import { describe } from '../../problems.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';

const TILES = [
  { state: '', count: 'total' },
  { state: 'indexed', count: 'indexed' },
  { state: 'pending', count: 'pending' },
  { state: 'failed', count: 'failed' },
  { state: 'skipped', count: 'skipped' },
];

/** How many files are in which state, live; each number is also the filter of the list below. */
class StatusTiles extends ZkElement {
  static properties = { problem: { state: true } };

  connected(signal) {
    statusFeed.follow(() => this.requestUpdate(), signal);
    route.addEventListener('change', () => this.requestUpdate(), { signal });
  }

  render() {
    const { status } = statusFeed;
    return html`<div class="tiles" role="group" aria-label=${t('filterState')} id="state-filter">${TILES.map((tile) => this.#tile(tile, status))}</div>
      <div class="queue" id="queue">${status ? queue(status) : nothing} ${status ? this.#pause(status) : nothing}</div>`;
  }

  /** Only while there is something to pause; how to go on stands in the notice above. */
  #pause({ queue: { paused }, files }) {
    if (paused || files.pending === 0) return nothing;
    return html`<p><button class="button button-small" type="button" data-action="pause" @click=${() => this.#rest()}>${t('pause')}</button>
      ${this.problem ? html`<span class="cell-reason">${this.problem.detail} ${this.problem.remedy}</span>` : nothing}</p>`;
  }

  async #rest() {
    this.problem = null;
    try {
      await pauseIngest(true);
    } catch (problem) {
      this.problem = describe(problem);
    }
    statusFeed.look();
  }

  #tile({ state, count }, status) {
    const chosen = route.get('state') === state;
    const name = state || 'all';
    return html`<button class="tile" type="button" data-state=${name} aria-pressed=${chosen ? 'true' : 'false'} @click=${() => choose(state)}>
      <span class="tile-count">${status ? number(status.files[count]) : '–'}</span>
      <span class="tile-label">${t(`state_${name}`)}</span>
    </button>`;
  }
}

function choose(state) {
  route.go({ view: 'documents', state, find: route.get('find'), source: route.get('source'), folder: route.get('folder') });
}

function queue({ queue: { depth, passages_per_second: speed, eta_seconds: eta }, files }) {
  if (depth === 0 && files.pending === 0) return files.total > 0 ? html`<p>${t('queueIdle')}</p>` : nothing;
  const parts = [t('queueLine', depth)];
  if (speed >= 0.05) parts.push(t('queueSpeed', number(speed < 10 ? Number(speed.toFixed(1)) : Math.round(speed))));
  if (eta > 0) parts.push(t('queueEta', roughly(eta)));
  return html`<p>${parts.join(' · ')}</p>
    <progress max=${Math.max(1, files.total)} value=${files.total - files.pending} aria-label=${t('statusPending', files.pending)}></progress>`;
}

customElements.define('zk-status-tiles', StatusTiles);
