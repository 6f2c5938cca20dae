import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { t } from '../../language.js';
import { statusFeed } from '../../status-feed.js';

/** Foot of the page: version, and where other programs look. */
class Footer extends ZkElement {
  connected(signal) {
    statusFeed.follow(() => this.requestUpdate(), signal);
  }

  render() {
    const version = statusFeed.status?.version;
    return html`<footer class="site-footer">
      ${version ? html`<span>${t('footerVersion', version)}</span>` : nothing}
      <a href="/openapi.yml">${t('footerApi')}</a>
      <a href="/health/ready">${t('footerHealth')}</a>
      <button class="footer-button" type="button" id="show-shortcuts" @click=${() => this.tell('zk-shortcuts')}>${t('shortcuts')}</button>
    </footer>`;
  }
}

customElements.define('zk-footer', Footer);
