import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { acceptInvitation } from '../../api.js';
import { t } from '../../language.js';
import { describe, technicalPart } from '../../problems.js';

/** Signs this device in with the invitation that the address carries behind its `#`, and says so if that is not possible. */
class Invitation extends ZkElement {
  static properties = { problem: { state: true }, running: { state: true } };

  constructor() {
    super();
    this.problem = null;
    this.running = false;
  }

  connected() {
    if (location.pathname === '/invite') this.#accept(location.hash.slice(1));
  }

  /** The word leaves the address at once: neither the history nor a copied address shall carry it. */
  async #accept(token) {
    history.replaceState(null, '', '/');
    this.running = true;
    try {
      await acceptInvitation(token);
      location.reload();
    } catch (problem) {
      this.problem = describe(problem);
    } finally {
      this.running = false;
    }
  }

  render() {
    if (this.running) return html`<p class="notice" role="status">${t('invitationRunning')}</p>`;
    if (!this.problem) return nothing;
    const { detail, remedy, technical } = this.problem;
    return html`<div class="notice notice-bad" id="invitation-problem" role="alert"><p>${detail} ${remedy}</p>${technicalPart(technical)}</div>`;
  }
}

customElements.define('zk-invitation', Invitation);
