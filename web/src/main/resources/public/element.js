import { LitElement } from 'lit';
import { language } from './language.js';
import { session } from './api.js';
import { route } from './route.js';

/**
 * Base of all components. Renders into the element itself, not into a shadow root: one set of style sheets, labels and ids that
 * work across components, and pages that can be searched and tested plainly. What index.html shows before scripts run is replaced.
 */
export class ZkElement extends LitElement {
  #connection = null;

  createRenderRoot() {
    this.replaceChildren();
    return this;
  }

  connectedCallback() {
    super.connectedCallback();
    this.#connection = new AbortController();
    const { signal } = this.#connection;
    language.addEventListener('change', () => this.requestUpdate(), { signal });
    this.connected(signal);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#connection.abort();
  }

  /** Starts what the component needs while it is in the page; the signal aborts when it leaves. May run more than once. */
  connected(_signal) {}

  /** Tells an outer component that something happened. */
  tell(type, detail) {
    this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail }));
  }
}

/** A component that is one of the page's views: shown when the address names it and nobody has to sign in first. */
export class ZkView extends ZkElement {
  connected(signal) {
    const show = () => {
      this.hidden = session.signedOut || route.view !== this.view;
      this.requestUpdate();
    };
    route.addEventListener('change', show, { signal });
    session.addEventListener('change', show, { signal });
    show();
  }
}
