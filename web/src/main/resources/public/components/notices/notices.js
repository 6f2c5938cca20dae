import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';
import { statusFeed } from '../../status-feed.js';
import { describe } from '../../problems.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** What everybody who uses the page should know now: the service is away, a source is offline, the line is not encrypted. */
class Notices extends ZkElement {
  connected(signal) {
    statusFeed.follow(() => this.requestUpdate(), signal);
  }

  render() {
    const notices = [...connection(), ...service()];
    return html`<div class="notices" role="status">${notices.map(
      ({ level, text, more }) => html`<p class="notice notice-${level}">${text} ${more ? html`<span>${more}</span>` : nothing}</p>`,
    )}</div>`;
  }
}

function connection() {
  const open = location.protocol === 'http:' && !LOOPBACK.test(location.hostname);
  return open ? [{ level: 'warn', text: t('plainHttp') }] : [];
}

function service() {
  const { status, problem } = statusFeed;
  if (problem && problem.status !== 401) {
    const { detail, remedy } = describe(problem);
    return [{ level: 'bad', text: detail, more: `${remedy} ${t('triesAgain')}` }];
  }
  if (!status) return [];
  const sources = status.sources.filter(({ online, held }) => !online || held);
  return [
    ...sources.map(({ name, online, detail }) => ({ level: 'warn', text: t(online ? 'sourceHeld' : 'sourceOffline', name), more: detail })),
    ...storage(status.storage),
    ...(status.queue.paused ? [{ level: 'warn', text: t('indexingPaused') }] : []),
  ];
}

function storage({ mode, repairs }) {
  return [
    ...(mode === 'read_only' ? [{ level: 'bad', text: t('diskFull') }] : []),
    ...repairs.filter(({ running }) => running).map(({ store, detail }) => ({ level: 'warn', text: t('storeDamaged', store), more: detail })),
  ];
}

customElements.define('zk-notices', Notices);
