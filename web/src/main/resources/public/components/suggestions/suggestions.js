import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { language, t } from '../../language.js';
import { SAMPLES } from '../../places.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { isChinese, suggest } from '../../suggestions.js';

/** Three questions to begin with, from the documents themselves; nothing where they suggest none. */
class Suggestions extends ZkElement {
  static properties = { found: { state: true } };

  #shownFor = '';

  constructor() {
    super();
    this.found = null;
  }

  connected(signal) {
    statusFeed.follow(() => this.#look(signal), signal);
    language.addEventListener('change', () => this.#look(signal), { signal });
  }

  render() {
    if (!this.found) return nothing;
    const questions = this.found.suggestions.map(inWords);
    return html`${questions.length === 0 ? nothing : html`<h2 class="visually-hidden">${t('suggestions')}</h2>
      <ul class="suggestions" id="suggestions">${questions.map(entry)}</ul>`}
      ${this.found.samples ? html`<p class="ask-hint" id="samples-notice">${t('samplesInUse')}</p>` : nothing}`;
  }

  /** Once for a state of the index, and not while it is being made. */
  async #look(signal) {
    const { status } = statusFeed;
    if (!status || status.files.indexed === 0 || status.files.pending > 0) return;
    const state = `${status.index.epoch} ${status.files.indexed} ${language.current}`;
    if (state === this.#shownFor) return;
    this.#shownFor = state;
    try {
      this.found = await suggest(language.current, SAMPLES, signal);
    } catch {
      this.found = null; // they are no more than a help
    }
  }
}

function inWords({ question, heading }) {
  return question ?? (isChinese(heading) ? `关于“${heading}”，文档里怎么说？` : `What do the documents say about “${heading}”?`);
}

function entry(question) {
  return html`<li><a class="suggestion" href=${route.link({ q: question })} @click=${route.follow}>${question}</a></li>`;
}

customElements.define('zk-suggestions', Suggestions);
