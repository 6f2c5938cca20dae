import { html, nothing } from 'lit';
import { ask } from '../../api.js';
import { models } from '../../administration.js';
import { number, seconds, size, t } from '../../language.js';
import { describe } from '../../problems.js';
import { statusFeed } from '../../status-feed.js';
import { ManagePanel, badge, things } from './panel.js';

/** Time between two looks at a model that is being fetched, in milliseconds. */
const LOOK = 1_000;

/** Language models: which there are, who writes the answers, fetching another and trying the one in use. */
class ManageModels extends ManagePanel {
  static properties = { trial: { state: true } };

  #timer = 0;

  constructor() {
    super();
    this.panel = 'models';
    this.trial = null;
  }

  connected(signal) {
    super.connected(signal);
    statusFeed.follow(() => this.requestUpdate(), signal);
    signal.addEventListener('abort', () => clearTimeout(this.#timer));
  }

  async read(signal) {
    const library = await models.list(signal);
    clearTimeout(this.#timer);
    if (library.pull?.state === 'running') this.#timer = setTimeout(() => this.load(), LOOK);
    return library;
  }

  content() {
    const { items, warnings, locked, pull } = this.data;
    return html`${this.#now()}
      ${locked.length === 0 ? nothing : html`<div class="notice"><p>${t('modelsLocked')}</p>
        <details class="technical"><summary>${t('details')}</summary>${locked.map(({ key, by }) => html`<p><code>${key}</code> · ${by}</p>`)}</details></div>`}
      ${warnings.map(({ detail }) => html`<p class="notice notice-warn">${detail}</p>`)}
      ${things(items.map((model) => this.#model(model)), t('modelsNone'))}
      ${pull ? this.#pull(pull) : nothing} ${pull?.state === 'running' ? nothing : this.#order()}`;
  }

  #now() {
    const { backend, model, previous } = this.data;
    const generator = statusFeed.status?.generator;
    const quotes = backend === 'extractive';
    return html`<div class="card manage-now" id="models-now">
      <p><strong>${quotes ? t('modelsQuotes') : t('modelsWrites', model ?? backend)}</strong>
        ${quotes || !generator ? nothing : badge(t(generator.ready ? 'modelsReady' : 'modelsAway'), generator.ready ? 'good' : 'bad')}</p>
      ${!quotes && generator?.detail ? html`<p class="manage-soft">${generator.detail}</p>` : nothing}
      <div class="manage-actions">
        ${quotes ? nothing : this.button('try', t('modelsTry'), () => this.#try())}
        ${previous ? this.button('previous', t('modelsPrevious'), () => this.act(models.usePrevious, t('modelsChanged'))) : nothing}
        ${quotes ? nothing : this.button('none', t('modelsUseNone'), () => this.act(() => models.use('extractive'), t('modelsChanged')))}
      </div>
      ${this.trial ? html`<p role="status" id="models-trial" data-state=${this.trial.state}>${this.trial.text}</p>` : nothing}
    </div>`;
  }

  #model({ name, library, in_use: inUse, size: bytes, parameters, quantization, context_tokens: context }) {
    return {
      name,
      badge: inUse ? badge(t('modelsInUse'), 'good') : null,
      facts: [t(`models_${library}`), size(bytes), parameters, quantization, context ? t('modelsContext', number(context)) : ''],
      actions: inUse ? nothing : html`${this.button('use', t('modelsUse'), () => this.act(() => models.use(name), t('modelsChanged')), name)}
        ${this.careful('delete', { of: name, label: t('remove'), question: t('modelsDeleteQuestion', name), act: () => models.remove(name), said: t('removed', name) })}`,
    };
  }

  #pull({ name, state, phase, completed, total, detail, remedy }) {
    const running = state === 'running';
    const share = total > 0 ? completed / total : 0;
    return html`<div class="card manage-now" id="models-pull" data-state=${state}>
      <p><strong>${name}</strong> · ${running ? t(`modelsPhase_${phase}`) : t(`modelsPull_${state}`)}</p>
      ${running ? html`<progress max="1" .value=${share} aria-label=${name}></progress>
        <p class="manage-soft">${size(completed)}${total > 0 ? ` / ${size(total)}` : nothing}</p>
        <div class="manage-actions">${this.button('stop', t('modelsPullStop'), () => this.act(models.stopPull))}</div>` : nothing}
      ${state === 'failed' ? html`<p>${detail} ${remedy}</p>` : nothing}
    </div>`;
  }

  #order() {
    return html`<form class="card manage-form" id="models-order" @submit=${(event) => this.submit(event, (given) => models.pull(orderOf(given)), t('modelsPulling'))}>
      <h3>${t('modelsFetch')}</h3>
      <p class="manage-soft">${t('modelsFetchAbout')}</p>
      <label>${t('modelsName')}<input name="name" list="models-offers" required maxlength="2000" autocomplete="off"></label>
      <datalist id="models-offers">${this.data.catalogue.map(({ name, size: bytes, quantization }) => html`<option value=${name}>${size(bytes)} · ${quantization}</option>`)}</datalist>
      <label>${t('modelsHub')}<select name="hub"><option value="huggingface">Hugging Face</option><option value="modelscope">ModelScope</option></select></label>
      <button class="button button-primary" type="submit">${t('modelsFetchStart')}</button>
    </form>`;
  }

  /** Has the model say something, and tells how long it took. */
  async #try() {
    this.trial = { state: 'running', text: t('modelsTrying') };
    const begun = performance.now();
    let first = 0;
    try {
      for await (const { event, data } of ask({ question: t('modelsTryQuestion'), mode: 'chat', reasoning: false }, this.signal)) {
        if ((event === 'text' || event === 'reasoning') && !first) first = performance.now();
        if (event === 'failed') throw data;
        if (event === 'answered') this.trial = { state: 'done', text: t('modelsTried', seconds((first || performance.now()) - begun), seconds(performance.now() - begun), data.answer ?? '') };
      }
    } catch (problem) {
      const { detail, remedy } = describe(problem);
      this.trial = { state: 'failed', text: `${detail} ${remedy}` };
    }
  }
}

/** Only names of the catalogue have a hub. */
function orderOf({ name, hub }) {
  return /[:/\\]/.test(name) ? { name } : { name, hub };
}

customElements.define('zk-manage-models', ManageModels);
