import { html, nothing } from 'lit';
import { keys } from '../../administration.js';
import { dateTime, number, t } from '../../language.js';
import { ManagePanel, badge, things } from './panel.js';
import { roleChoice } from './roles.js';

const DAY = 86_400_000;
/** Days after which a key may end. */
const LIVES = [30, 90, 365];

/** Keys of other programs: made, given another secret, ended. */
class ManageKeys extends ManagePanel {
  constructor() {
    super();
    this.panel = 'keys';
  }

  async read(signal) {
    return (await keys.list(signal)).items ?? [];
  }

  content() {
    const ended = this.data.filter(({ state }) => state !== 'active');
    return html`${this.#making()}
      ${this.shown ? this.once(this.shown.secret, t('keysSecret', this.shown.key.label)) : nothing}
      ${things(this.data.filter(({ state }) => state === 'active').map((key) => this.#key(key)), t('keysNone'))}
      ${ended.length === 0 ? nothing : html`<details class="manage-more"><summary>${t('keysEnded', ended.length)}</summary>${things(ended.map((key) => this.#key(key)), '')}</details>`}`;
  }

  #making() {
    const make = async (event) => {
      this.shown = null;
      this.shown = (await this.submit(event, (given) => keys.make(termsOf(given)), '')) ?? null;
    };
    return html`<form class="card manage-form" id="keys-make" @submit=${make}>
      <h3>${t('keysMake')}</h3>
      <p class="manage-soft">${t('keysMakeAbout')}</p>
      <label>${t('keysLabel')}<input name="label" required maxlength="100" autocomplete="off"></label>
      ${roleChoice()}
      <label>${t('keysLife')}<select name="days"><option value="">${t('keysForEver')}</option>${LIVES.map((days) => html`<option value=${days}>${t('keysDays', days)}</option>`)}</select></label>
      <label>${t('keysRate')}<input name="rate" type="number" min="1" max="10000" inputmode="numeric" placeholder=${t('keysNoLimit')}></label>
      <button class="button button-primary" type="submit">${t('keysMakeStart')}</button>
    </form>`;
  }

  #key({ id, label, role, state, usage, created_at: made, expires_at: ends, questions_per_minute: rate }) {
    const another = async () => {
      this.shown = null;
      this.shown = (await this.act(() => keys.rotate(id), '')) ?? null;
    };
    return {
      id: label,
      name: label,
      badge: html`${badge(t(`role_${role}`))} ${state === 'active' ? nothing : badge(t(`keys_${state}`), 'bad')}`,
      facts: [
        t('keysUsed', number(usage.questions)),
        usage.last_asked_at ? t('keysLast', dateTime(usage.last_asked_at)) : '',
        t('keysMade', dateTime(made)),
        ends ? t('keysEnds', dateTime(ends)) : '',
        rate ? t('keysRateIs', number(rate)) : '',
      ],
      actions: state !== 'active' ? nothing : html`${this.button('rotate', t('keysRotate'), another, label)}
        ${this.careful('revoke', { of: label, label: t('keysRevoke'), question: t('keysRevokeQuestion', label), act: () => keys.revoke(id), said: t('keysRevoked', label) })}`,
    };
  }
}

function termsOf({ label, role, days, rate }) {
  const ends = days ? { expires_at: new Date(Date.now() + Number(days) * DAY).toISOString() } : {};
  return { label, role, ...ends, ...(rate ? { questions_per_minute: Number(rate) } : {}) };
}

customElements.define('zk-manage-keys', ManageKeys);
