import { html, nothing } from 'lit';
import { ZkElement } from '../../element.js';
import { session, signIn } from '../../api.js';
import { t } from '../../language.js';
import { describe } from '../../problems.js';

/** Asks for the access key when the service wants one, in place of the views. */
class SignIn extends ZkElement {
  static properties = { problem: { state: true }, running: { state: true } };

  constructor() {
    super();
    this.problem = null;
    this.running = false;
  }

  connected(signal) {
    session.addEventListener('change', () => this.#show(), { signal });
    this.#show();
  }

  #show() {
    this.hidden = !session.signedOut;
    if (session.signedOut) this.updateComplete.then(() => this.querySelector('#access-key').focus());
  }

  render() {
    return html`<section class="sign-in card" aria-labelledby="sign-in-title">
      <h1 id="sign-in-title">${t('signInTitle')}</h1>
      <p>${t('signInExplanation')}</p>
      <form id="sign-in-form" @submit=${this.#submit}>
        <label for="access-key">${t('signInKey')}</label>
        <input id="access-key" name="key" type="password" autocomplete="current-password" required
          aria-invalid=${this.problem ? 'true' : nothing} aria-describedby="sign-in-problem">
        <p id="sign-in-problem" class="field-problem" role="alert">${this.problem ? this.#refusal() : nothing}</p>
        <button class="button button-primary" ?disabled=${this.running}>${t(this.running ? 'signInRunning' : 'signInSubmit')}</button>
      </form>
    </section>`;
  }

  #refusal() {
    if (this.problem.status === 401) return t('signInRefused');
    const { detail, remedy } = describe(this.problem);
    return `${detail} ${remedy}`;
  }

  async #submit(event) {
    event.preventDefault();
    const form = event.target;
    this.running = true;
    this.problem = null;
    try {
      await signIn(new FormData(form).get('key').trim());
      form.reset();
    } catch (problem) {
      this.problem = problem;
    } finally {
      this.running = false;
    }
  }
}

customElements.define('zk-sign-in', SignIn);
