import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { session } from '../../api.js';
import { language, t } from '../../language.js';
import { learn } from '../../messages.js';
import { MANAGE } from '../../messages-manage.js';
import { route } from '../../route.js';
import './overview.js';
import './models.js';
import './sources.js';
import './trash.js';
import './persons.js';
import './keys.js';
import './clients.js';
import './rights.js';

learn(MANAGE);

const PANELS = {
  overview: () => html`<zk-manage-overview></zk-manage-overview>`,
  models: () => html`<zk-manage-models></zk-manage-models>`,
  sources: () => html`<zk-manage-sources></zk-manage-sources>`,
  trash: () => html`<zk-manage-trash></zk-manage-trash>`,
  persons: () => html`<zk-manage-persons></zk-manage-persons>`,
  keys: () => html`<zk-manage-keys></zk-manage-keys>`,
  clients: () => html`<zk-manage-clients></zk-manage-clients>`,
  rights: () => html`<zk-manage-rights></zk-manage-rights>`,
};

/** What administrators see and change of the service, a panel for each kind of thing. Loaded when somebody goes there. */
class Manage extends ZkView {
  constructor() {
    super();
    this.view = 'manage';
  }

  connected(signal) {
    super.connected(signal);
    for (const source of [route, session, language]) source.addEventListener('change', () => this.requestUpdate(), { signal });
  }

  render() {
    if (this.hidden) return nothing;
    const administers = session.who?.role === 'admin';
    return html`<section class="manage" aria-labelledby="manage-title">
      <h1 id="manage-title">${t('manageTitle')}</h1>
      ${administers ? this.#panels() : html`<p class="notice" id="manage-refused">${t(session.who ? 'manageRefused' : 'manageLoading')}</p>`}
    </section>`;
  }

  #panels() {
    const current = Object.hasOwn(PANELS, route.get('panel')) ? route.get('panel') : 'overview';
    return html`<div class="manage-body">
      <nav class="manage-nav" aria-label=${t('manageTitle')}>${Object.keys(PANELS).map(
        (panel) => html`<a href=${route.link({ view: 'manage', panel })} id=${`manage-${panel}`} aria-current=${panel === current ? 'page' : nothing}
          @click=${route.follow}>${t(`manage_${panel}`)}</a>`,
      )}</nav>
      <div class="manage-main">${PANELS[current]()}</div>
    </div>`;
  }
}

customElements.define('zk-manage', Manage);
