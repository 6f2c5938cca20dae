import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { confirmSource, pauseIngest } from '../../api.js';
import { t } from '../../language.js';
import { statusFeed } from '../../status-feed.js';
import { describe, technicalPart } from '../../problems.js';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * What everybody who uses the page should know now: the service is away, a source is offline, the line is not encrypted; and what an
 * administrator can do about it here. Believing a held folder takes a second click, for it removes what is missing there.
 */
class Notices extends ZkElement {
  static properties = { asking: { state: true }, problem: { state: true } };

  constructor() {
    super();
    this.asking = null;
    this.problem = null;
  }

  connected(signal) {
    statusFeed.follow(() => this.requestUpdate(), signal);
  }

  render() {
    const notices = [...connection(), ...service()];
    return html`<div class="notices" role="status">${notices.map((notice) => this.#notice(notice))}
      ${this.problem ? html`<div class="notice notice-bad" id="notice-problem"><p>${this.problem.detail} ${this.problem.remedy}</p>${technicalPart(this.problem.technical)}</div>` : nothing}</div>`;
  }

  #notice({ level, text, more, held, paused }) {
    return html`<div class="notice notice-${level}" data-source=${held ?? nothing}><p>${text} ${more ? html`<span>${more}</span>` : nothing}</p>
      ${held ? this.#believe(held) : nothing}
      ${paused ? button('resume', t('resume'), () => this.#do(() => pauseIngest(false))) : nothing}</div>`;
  }

  #believe(name) {
    if (this.asking !== name) return button('confirm-source', t('sourceConfirm'), () => (this.asking = name));
    return html`<p>${t('sourceConfirmQuestion', name)}</p>
      ${button('confirm-source-really', t('sourceConfirmReally'), () => this.#do(() => confirmSource(name)))}
      ${button('confirm-source-cancel', t('cancel'), () => (this.asking = null))}`;
  }

  async #do(action) {
    this.asking = null;
    this.problem = null;
    try {
      await action();
    } catch (problem) {
      this.problem = describe(problem);
    }
    statusFeed.look();
  }
}

function button(action, label, click) {
  return html`<button class="button button-small" type="button" data-action=${action} @click=${click}>${label}</button>`;
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
    ...sources.map(({ name, online, detail }) => ({
      level: 'warn',
      text: t(online ? 'sourceHeld' : 'sourceOffline', name),
      more: detail,
      held: online ? name : undefined,
    })),
    ...status.warnings.map(({ detail }) => ({ level: 'warn', text: detail })),
    ...storage(status.storage),
    ...(status.queue.paused ? [{ level: 'warn', text: t('indexingPaused'), paused: true }] : []),
  ];
}

function storage({ mode, repairs }) {
  return [
    ...(mode === 'read_only' ? [{ level: 'bad', text: t('diskFull') }] : []),
    ...repairs.filter(({ running }) => running).map(({ store, detail }) => ({ level: 'warn', text: t('storeDamaged', store), more: detail })),
  ];
}

customElements.define('zk-notices', Notices);
