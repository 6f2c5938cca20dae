import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { stopsOf } from '../../citations.js';
import { t } from '../../language.js';
import { nameOf, placeOf, sampleBadge } from '../../places.js';

/** The passages that were retrieved, shown before the answer is written. */
class PassageList extends ZkElement {
  static properties = { run: { attribute: false } };

  render() {
    const { passages, phase } = this.run;
    if (passages.length === 0) return nothing;
    return html`<section class="passages" aria-labelledby="passages-title">
      <h2 id="passages-title">${t(phase === 'no_evidence' ? 'passagesNearest' : 'passages')} <span class="count">${passages.length}</span></h2>
      <p class="visually-hidden">${t('passagesNote')}</p>
      <ol>${passages.map((passage) => this.#card(passage))}</ol>
    </section>`;
  }

  /** The first quote of a passage that is cited, else the passage. */
  #stop(number) {
    return stopsOf(this.run).find((stop) => stop.number === number);
  }

  #card(passage) {
    const cited = this.run.response?.citations.some(({ number }) => number === passage.number) ?? false;
    return html`<li id=${`passage-${passage.number}`}>
      <button class="passage-card" type="button" data-cited=${cited} aria-label=${t('openPassage', passage.number, passage.name)}
        @click=${() => this.tell('zk-open-passage', this.#stop(passage.number))}>
        <span class="passage-number" aria-hidden="true">${passage.number}</span>
        <span class="passage-name">${nameOf(passage)}</span>
        <span class="passage-place">${placeOf(passage)} ${sampleBadge(passage)}
          ${cited ? html`<span class="badge badge-cited">${t('cited')}</span>` : nothing}</span>
        <span class="passage-text">${passage.text}</span>
      </button>
    </li>`;
  }
}

customElements.define('zk-passage-list', PassageList);
