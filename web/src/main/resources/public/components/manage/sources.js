import { html, nothing } from 'lit';
import { confirmSource } from '../../api.js';
import { sources } from '../../administration.js';
import { dateTime, number, roughly, t } from '../../language.js';
import { SAMPLES } from '../../places.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import { ManagePanel, badge, things } from './panel.js';

const MOODS = { watched: 'good', held: 'warn', leaving: 'warn', off: '' };

/** The folders that are answered from: added, left alone, looked through again, removed. */
class ManageSources extends ManagePanel {
  constructor() {
    super();
    this.panel = 'sources';
  }

  connected(signal) {
    super.connected(signal);
    statusFeed.follow(() => this.requestUpdate(), signal);
  }

  async read(signal) {
    return (await sources.list(signal)).items;
  }

  content() {
    return html`${things(this.data.map((source) => this.#source(source)), t('sourcesNone'))} ${this.#adding()}`;
  }

  #source(source) {
    const { name, path, state, documents, online, detail, looks, origin, last_scan_at: seen, read_only: readOnly } = source;
    const label = name === SAMPLES ? t('sample') : name;
    return {
      id: name,
      name: label,
      badge: html`${badge(t(`sources_${state}`), MOODS[state])} ${online ? nothing : badge(t('sourcesOffline'), 'bad')} ${readOnly ? badge(t('sourcesReadOnly')) : nothing}`,
      facts: [path, t(`sourcesOrigin_${origin}`)],
      more: html`<p><a href=${route.link({ view: 'documents', source: name })} @click=${route.follow}>${t('sourcesDocuments', number(documents))}</a>${seen ? ` · ${t('sourcesSeen', dateTime(seen))}` : nothing}${looks
          ? ` · ${t('sourcesEvery', roughly(looks.every_seconds))}`
          : nothing}</p>
        ${detail ? html`<p class="manage-soft">${detail}</p>` : nothing}`,
      actions: this.#actions(source, label),
    };
  }

  #actions({ name, state, origin, documents }, label) {
    const waits = statusFeed.status?.sources.some((source) => source.name === name && source.held && source.online) && state === 'watched';
    const leaving = state === 'leaving';
    return html`
      ${waits ? this.careful('confirm', { of: label, label: t('sourcesConfirm'), question: t('sourceConfirmQuestion', label), act: () => confirmSource(name), said: t('sourcesConfirmed') }) : nothing}
      ${state === 'watched' ? this.button('hold', t('sourcesHold'), () => this.act(() => sources.hold(name), t('sourcesHeldNow', label)), label) : nothing}
      ${state === 'watched' ? nothing : this.button('resume', t(leaving ? 'sourcesKeep' : 'sourcesResume'), () => this.act(() => sources.resume(name), t('sourcesResumed', label)), label)}
      ${origin === 'configuration' || state === 'off'
        ? nothing
        : this.careful('remove', { of: label, label: t('sourcesRemove'), question: t('sourcesRemoveQuestion', number(documents)), act: () => sources.remove(name, true), said: t('sourcesRemoved', label) })}`;
  }

  #adding() {
    const send = ({ name, path, read_only: readOnly }) => sources.add({ name, path, read_only: readOnly === 'on' });
    return html`<form class="card manage-form" id="sources-add" @submit=${(event) => this.submit(event, send, t('sourcesAdded'))}>
      <h3>${t('sourcesAdd')}</h3>
      <p class="manage-soft">${t('sourcesAddAbout')}</p>
      <label>${t('sourcesName')}<input name="name" required maxlength="64" pattern="[A-Za-z0-9._\\-]+" autocomplete="off" aria-describedby="sources-name-rule">
        <span class="manage-soft" id="sources-name-rule">${t('sourcesNameRule')}</span></label>
      <label>${t('sourcesPath')}<input name="path" required maxlength="4000" autocomplete="off" placeholder=${t('sourcesPathExample')}></label>
      <label class="manage-check"><input type="checkbox" name="read_only"> ${t('sourcesReadOnlyChoice')}</label>
      <button class="button button-primary" type="submit">${t('sourcesAddStart')}</button>
    </form>`;
  }
}

customElements.define('zk-manage-sources', ManageSources);
