import { html, nothing } from 'lit';
import { ZkView } from '../../element.js';
import { t } from '../../language.js';
import { nameOf, originalLink, sampleBadge } from '../../places.js';
import { route } from '../../route.js';
import '../evidence/evidence.js';

/** A place of a document by its address (`?view=place&document=…&passage=…&quote=…`), for whoever was sent it and may read the document. */
class Place extends ZkView {
  static properties = { document: { state: true } };

  constructor() {
    super();
    this.view = 'place';
    this.document = null;
  }

  /** Forgets the document when another is named or nobody may look; a session that only becomes known changes nothing. */
  willUpdate() {
    if (this.hidden || this.document?.id !== route.get('document')) this.document = null;
  }

  render() {
    const id = route.get('document');
    if (this.hidden || !id) return nothing;
    const place = { document_id: id, ordinal: Number.parseInt(route.get('passage'), 10) || 0 };
    return html`<section class="place" aria-labelledby="place-title" @zk-document=${(event) => (this.document = event.detail)}>
      <header class="place-header">
        <h1 id="place-title">${this.document ? nameOf(this.document) : t('viewTitle')} ${this.document ? sampleBadge(this.document) : nothing}</h1>
        ${this.document ? html`<p class="place-path">${this.document.path}</p><p>${originalLink({ ...this.document, document_id: id })}</p>` : nothing}
      </header>
      <h2 class="visually-hidden">${t('panelText')}</h2>
      <zk-evidence .place=${place} .quote=${route.get('quote')} .others=${[]}></zk-evidence>
    </section>`;
  }
}

customElements.define('zk-place', Place);
