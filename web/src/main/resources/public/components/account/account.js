import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { session, signOut } from '../../api.js';
import { t } from '../../language.js';

/** Who is signed in in this browser, and signing out. Empty where nobody signed in. */
class Account extends ZkElement {
  connected(signal) {
    session.addEventListener('change', () => this.requestUpdate(), { signal });
  }

  render() {
    const { who } = session;
    if (!who?.signed_in || session.signedOut) return nothing;
    return html`${who.name ? html`<span class="account-name" id="account-name" title=${t('accountSignedIn', who.name)}>${who.name}</span>` : nothing}
      <button class="button button-quiet button-small" type="button" id="sign-out" @click=${() => signOut()}>${t('signOut')}</button>`;
  }
}

customElements.define('zk-account', Account);
