import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { copyText } from '../../clipboard.js';
import { language, t } from '../../language.js';
import { describe, technicalPart } from '../../problems.js';

/**
 * Base of the panels of the administration: reads what it shows, does what is asked for, reads again, and says what came of it. A panel has
 * a `panel`, its name; `read(signal)`, which gives its data; and `content()`.
 */
export class ManagePanel extends ZkElement {
  static properties = { data: { state: true }, problem: { state: true }, said: { state: true }, sure: { state: true }, busy: { state: true }, shown: { state: true } };

  constructor() {
    super();
    Object.assign(this, { data: null, problem: null, said: '', sure: '', busy: false, shown: null });
  }

  connected(signal) {
    this.signal = signal;
    language.addEventListener('change', () => this.load(), { signal }); // what the service says comes in the reader's language
    this.load();
  }

  render() {
    return html`<section class="manage-panel" aria-labelledby="manage-heading" aria-busy=${this.busy ? 'true' : 'false'}>
      <h2 id="manage-heading">${t(`manage_${this.panel}`)}</h2>
      <p class="manage-about">${t(`manageAbout_${this.panel}`)}</p>
      <div role="status" id="manage-said">${this.said ? html`<p class="notice notice-good">${this.said}</p>` : nothing}</div>
      ${this.problem ? this.#failure() : nothing}
      ${this.data ? this.content() : this.problem ? nothing : html`<p class="manage-loading">${t('manageLoading')}</p>`}
    </section>`;
  }

  #failure() {
    const { detail, remedy, technical } = describe(this.problem);
    return html`<div class="notice notice-bad" id="manage-problem" role="alert"><p>${detail} ${remedy}</p>${technicalPart(technical, this.problem.code)}
      ${this.data ? nothing : html`<button class="button button-small" type="button" @click=${() => this.load()}>${t('tryAgain')}</button>`}</div>`;
  }

  async load() {
    const { signal } = this;
    try {
      const data = await this.read(signal);
      if (signal.aborted) return;
      if (!this.data) this.problem = null;
      this.data = data;
    } catch (problem) {
      if (!signal.aborted) this.problem = problem;
    }
  }

  /** Does something, says that it is done and reads anew; gives what came back, or undefined where it failed. */
  async act(action, said = '') {
    if (this.busy) return undefined;
    Object.assign(this, { busy: true, problem: null, said: '', sure: '' });
    let came;
    try {
      came = (await action()) ?? null;
      this.said = said;
    } catch (problem) {
      this.problem = problem;
    }
    this.busy = false;
    await this.load();
    return came;
  }

  /** Sends the fields of a form, and empties it when that has succeeded. */
  async submit(event, action, said) {
    event.preventDefault();
    const form = event.target;
    const given = Object.fromEntries([...new FormData(form)].map(([name, value]) => [name, value.trim()]));
    const came = await this.act(() => action(given), said);
    if (came !== undefined) form.reset();
    return came;
  }

  /** A button; `of` is what it is about, for those who hear the page. */
  button(action, label, click, of = '') {
    return html`<button class="button button-small" type="button" data-action=${action} aria-label=${of ? `${label}: ${of}` : nothing}
      @click=${click}>${label}</button>`;
  }

  /** A button for what cannot be undone: asks before it is done. */
  careful(action, { of, label, question, act, said }) {
    const key = `${action} ${of}`;
    if (this.sure !== key) return this.button(action, label, () => (this.sure = key), of);
    return html`<span class="manage-sure" role="group" aria-label=${label}><span>${question}</span>
      <button class="button button-small button-danger" type="button" data-action=${`${action}-really`} @click=${() => this.act(act, said)}>${label}</button>
      <button class="button button-small" type="button" @click=${() => (this.sure = '')}>${t('cancel')}</button></span>`;
  }

  /** Something that is shown once and never again: a secret, a link. */
  once(text, explanation) {
    const copy = async ({ currentTarget: button }) => {
      const copied = await copyText(text);
      button.nextElementSibling.textContent = t(copied ? 'copied' : 'copyFailed');
    };
    return html`<div class="notice notice-warn manage-once" role="alert"><p>${explanation}</p>
      <code id="manage-once">${text}</code>
      <p><button class="button button-small" type="button" data-action="copy" @click=${copy}>${t('copy')}</button> <span role="status"></span></p></div>`;
  }
}

/** A list of things, each with a name, what is to be known of it, and what can be done. */
export function things(items, empty) {
  if (items.length === 0) return html`<p class="manage-empty">${empty}</p>`;
  return html`<ul class="manage-things">${items.map(
    ({ name, badge, facts, more, actions, id }) => html`<li class="manage-thing card" data-name=${id ?? name}>
      <div class="manage-thing-text"><h3>${name} ${badge ?? nothing}</h3><p>${facts.filter(Boolean).join(' · ')}</p>${more ?? nothing}</div>
      <div class="manage-actions">${actions}</div></li>`,
  )}</ul>`;
}

export function badge(text, mood = '') {
  return html`<span class="badge" data-mood=${mood}>${text}</span>`;
}
