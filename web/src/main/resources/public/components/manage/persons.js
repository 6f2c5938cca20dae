import { html, nothing } from 'lit';
import { persons } from '../../administration.js';
import { dateTime, t } from '../../language.js';
import { ManagePanel, badge, things } from './panel.js';
import { roleChoice } from './roles.js';

/** Persons, the devices they are signed in on, and inviting them. */
class ManagePersons extends ManagePanel {
  constructor() {
    super();
    this.panel = 'persons';
  }

  async read(signal) {
    return (await persons.list(signal)).items;
  }

  content() {
    return html`${this.#inviting()} ${this.shown ? this.#link() : nothing}
      ${things(this.data.map((person) => this.#person(person)), t('personsNone'))}`;
  }

  #inviting() {
    const invite = async (event) => {
      this.shown = null;
      this.shown = (await this.submit(event, ({ name, role }) => persons.invite({ name, role }), '')) ?? null;
    };
    return html`<form class="card manage-form" id="persons-invite" @submit=${invite}>
      <h3>${t('personsInvite')}</h3>
      <p class="manage-soft">${t('personsInviteAbout')}</p>
      <label>${t('personsName')}<input name="name" required maxlength="100" autocomplete="off"></label>
      ${roleChoice()}
      <button class="button button-primary" type="submit">${t('personsInviteStart')}</button>
    </form>`;
  }

  #link() {
    const { links, ends_at: ends, person } = this.shown;
    return this.once(links[0], t('personsLink', person.name, dateTime(ends)));
  }

  #person({ id, name, role, devices, invitations }) {
    return {
      id: name,
      name,
      badge: badge(t(`role_${role}`)),
      facts: [t('personsDevices', devices.length), invitations.length > 0 ? t('personsWaiting', invitations.length) : ''],
      more: devices.length + invitations.length === 0 ? null : html`<ul class="manage-lines">
        ${devices.map((device) => html`<li><span>${device.label} · ${t('personsUsed', dateTime(device.used_at))}</span>
          ${this.button('sign-out', t('signOut'), () => this.act(() => persons.signOut(id, device.id), t('personsSignedOut')), device.label)}</li>`)}
        ${invitations.map((invitation) => html`<li><span>${t('personsInvitation', dateTime(invitation.ends_at))}</span>
          ${this.button('withdraw', t('personsWithdraw'), () => this.act(() => persons.withdraw(invitation.id), t('personsWithdrawn')), name)}</li>`)}</ul>`,
      actions: this.careful('remove', { of: name, label: t('personsRemove'), question: t('personsRemoveQuestion', name), act: () => persons.remove(id), said: t('personsRemoved', name) }),
    };
  }
}

customElements.define('zk-manage-persons', ManagePersons);
