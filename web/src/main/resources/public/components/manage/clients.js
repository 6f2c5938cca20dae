import { html, nothing } from 'lit';
import { clients, keys } from '../../administration.js';
import { copyText } from '../../clipboard.js';
import { t } from '../../language.js';
import { describe } from '../../problems.js';
import { ManagePanel, badge } from './panel.js';

/** Most that is shown of what a client would see: characters of a text, entries of a list. */
const MOST_CHARS = 200;
const MOST_ENTRIES = 10;

/** Programs that ask the service: what one is to be given, and what it would see. */
class ManageClients extends ManagePanel {
  static properties = { chosen: { state: true }, key: { state: true }, trial: { state: true } };

  constructor() {
    super();
    Object.assign(this, { panel: 'clients', chosen: '', key: null, trial: [] });
  }

  async read(signal) {
    const items = (await clients.list(signal)).items ?? [];
    const client = await clients.get(this.chosen || items[0].id, signal);
    return { items, client };
  }

  content() {
    const { items, client } = this.data;
    const choose = async ({ target }) => {
      Object.assign(this, { chosen: target.value, key: null, trial: [], said: '' });
      await this.load();
    };
    return html`<form class="card manage-form" @submit=${(event) => event.preventDefault()}>
        <label>${t('clientsWhich')}<select id="clients-which" @change=${choose}>${items.map(
          ({ id, name }) => html`<option value=${id} ?selected=${id === client.id}>${name}</option>`,
        )}</select></label>
      </form>
      <section class="card manage-part" id="clients-settings" data-client=${client.id} aria-label=${client.name}>
        <h3>${client.name} ${client.available ? nothing : badge(t('clientsOff'), 'bad')}</h3>
        <dl class="manage-settings">${client.settings.map((setting) => this.#setting(setting))}</dl>
        <ol>${client.steps.map((step) => html`<li>${step}</li>`)}</ol>
        ${this.key ? html`<p class="notice notice-warn">${t('clientsKeyOnce')}</p>` : nothing}
        <div class="manage-actions">${this.button('key', t('clientsKey'), () => this.#makeKey())}</div>
      </section>
      ${this.#trying()}`;
  }

  #setting({ name, value }) {
    const text = this.#withKey(value);
    const copy = async ({ currentTarget: button }) => {
      const copied = await copyText(text);
      button.nextElementSibling.textContent = t(copied ? 'copied' : 'copyFailed');
    };
    return html`<div><dt>${name}</dt><dd><code>${text}</code>
      <button class="button button-small button-quiet" type="button" aria-label=${`${t('copy')}: ${name}`} @click=${copy}>${t('copy')}</button> <span role="status"></span></dd></div>`;
  }

  #withKey(value) {
    return this.key ? value.replaceAll(this.data.client.key_placeholder, this.key) : value;
  }

  async #makeKey() {
    const made = await this.act(() => keys.make({ label: this.data.client.name, role: 'reader' }));
    if (made) this.key = made.secret;
  }

  #trying() {
    const { client } = this.data;
    if (client.checks.some(({ url }) => new URL(url).origin !== location.origin)) {
      return html`<p class="manage-soft" id="clients-elsewhere">${t('clientsElsewhere')} <code>./zhiku connect ${client.id}</code></p>`;
    }
    const attempt = async (event) => {
      event.preventDefault();
      await this.#test(new FormData(event.target).get('question').trim());
    };
    return html`<form class="card manage-form" id="clients-test" @submit=${attempt}>
        <h3>${t('clientsTest')}</h3>
        <p class="manage-soft">${t(this.key ? 'clientsTestNew' : 'clientsTestOwn')}</p>
        <label>${t('clientsQuestion')}<input name="question" required maxlength="1000" autocomplete="off" .value=${client.question ?? ''}></label>
        <button class="button button-primary" type="submit" ?disabled=${this.busy}>${t('clientsTestStart')}</button>
      </form>
      <ul class="manage-things" id="clients-seen" aria-live="polite">${this.trial.map(
        ({ name, well, lines }) => html`<li class="manage-thing card" data-check=${name} data-well=${well ? 'yes' : 'no'}>
          <div class="manage-thing-text"><h4>${t(`clientsCheck_${name}`)} ${badge(t(well ? 'clientsWell' : 'clientsFailed'), well ? 'good' : 'bad')}</h4>
          ${lines.map((line) => html`<p>${line}</p>`)}</div></li>`,
      )}</ul>`;
  }

  async #test(question) {
    Object.assign(this, { busy: true, trial: [] });
    for (const check of this.data.client.checks) {
      const seen = await this.#seen(check, question);
      if (this.signal.aborted) return;
      this.trial = [...this.trial, { name: check.name, ...seen }];
    }
    this.busy = false;
  }

  async #seen(check, question) {
    try {
      const answer = await clients.attempt(check, question, this.key);
      const lines = Object.entries(check.shows).map(([name, place]) => ({ name, found: at(answer, place.split('/')) }));
      return {
        well: lines.every(({ found }) => found.some((text) => text.trim())),
        lines: lines.map(({ name, found }) => `${t(`clientsShows_${name}`)}${t('colon')}${found.length === 0 ? t('clientsNothing') : shortened(found)}`),
      };
    } catch (problem) {
      const { detail, remedy } = describe(problem);
      return { well: false, lines: [`${detail} ${remedy}`] };
    }
  }
}

/** The texts at a place of an answer: a name of an object, a number or * of a list. */
function at(value, [step, ...rest]) {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [String(value)];
  return step === '*' ? [value].flat().flatMap((entry) => at(entry, rest)) : at(value[step], rest);
}

function shortened(found) {
  const text = [...new Set(found)].slice(0, MOST_ENTRIES).join(t('comma'));
  return [...text].length > MOST_CHARS ? `${[...text].slice(0, MOST_CHARS).join('')}…` : text;
}

customElements.define('zk-manage-clients', ManageClients);
