import { html, nothing } from 'lit';
import { persons, rights } from '../../administration.js';
import { number, t } from '../../language.js';
import { statusFeed } from '../../status-feed.js';
import { ManagePanel, badge, things } from './panel.js';

const EVERYONE = 'everyone';
const EVERY_SOURCE = '*';
const EVERYTHING = '**';

/** Groups, rules of who may see what, and what somebody sees by them. */
class ManageRights extends ManagePanel {
  constructor() {
    super();
    this.panel = 'rights';
  }

  async read(signal) {
    const [rules, groups, people] = await Promise.all([rights.rules(signal), rights.groups(signal), persons.list(signal)]);
    return { rules: rules.items, groups: groups.items, names: people.items.map(({ name }) => name) };
  }

  content() {
    return html`${this.#sight()} ${this.#rules()} ${this.#groups()}
      <datalist id="rights-subjects">${[EVERYONE, ...this.data.groups.map(({ name }) => `group:${name}`), ...this.data.names].map((name) => html`<option value=${name}>${subject(name, name)}</option>`)}</datalist>`;
  }

  #sight() {
    const look = async (event) => {
      event.preventDefault();
      const { subject: who, document } = Object.fromEntries(new FormData(event.target));
      this.shown = null;
      const seen = await this.act(async () => ({ sight: await rights.show(who.trim(), this.signal), why: document.trim() ? await rights.why(who.trim(), document.trim(), this.signal) : null }));
      this.shown = seen ?? null;
    };
    return html`<form class="card manage-form" id="rights-sight" @submit=${look}>
      <h3>${t('rightsSight')}</h3>
      <label>${t('rightsWho')}<input name="subject" required maxlength="200" list="rights-subjects" autocomplete="off"></label>
      <label>${t('rightsDocument')}<input name="document" maxlength="1000" autocomplete="off"></label>
      <button class="button" type="submit">${t('rightsLook')}</button>
      <div role="status" id="rights-seen">${this.shown ? this.#seen() : nothing}</div>
    </form>`;
  }

  #seen() {
    const { sight, why } = this.shown;
    return html`<p><strong>${sight.name}</strong> ${badge(t(`role_${sight.role}`))} ${t(sight.everything ? 'rightsSeesAll' : 'rightsSees', number(sight.documents))}</p>
      ${sight.groups.length > 0 ? html`<p>${t('rightsIn', sight.groups.join(t('comma')))}</p>` : nothing}
      ${sight.rules.length > 0 ? html`<ul class="manage-lines">${sight.rules.map((rule) => html`<li>${sentence(rule)}</li>`)}</ul>` : nothing}
      ${why ? html`<p class="notice notice-${why.visible ? 'good' : 'warn'}" id="rights-why">${t(why.visible ? 'rightsMaySee' : 'rightsMayNot', why.path)} ${t(`rightsReason_${why.reason}`)}</p>` : nothing}`;
  }

  #rules() {
    const { rules } = this.data;
    const without = (rule) => this.act(() => rights.putRules(rules.filter((one) => one !== rule).map(given)), t('rightsChanged'));
    return html`<section class="manage-part" aria-labelledby="rights-rules"><h3 id="rights-rules">${t('rightsRules')}</h3>
      ${rules.length === 0 ? html`<p class="manage-empty">${t('rightsNoRules')}</p>` : html`<ul class="manage-lines card" id="rights-list">${rules.map(
        (rule) => html`<li data-effect=${rule.effect}><span>${sentence(rule)}</span> ${this.button('delete-rule', t('remove'), () => without(rule), sentence(rule))}</li>`,
      )}</ul>`}
      <form class="card manage-form" id="rights-add" @submit=${(event) => this.submit(event, (rule) => this.#add(rule), t('rightsChanged'))}>
        <h4>${t('rightsAdd')}</h4>
        ${rules.length === 0 ? html`<p class="notice notice-warn">${t('rightsFirst')}</p>` : nothing}
        <label>${t('rightsWho')}<input name="subject" required maxlength="200" list="rights-subjects" autocomplete="off"></label>
        <label>${t('rightsEffect')}<select name="effect"><option value="allow">${t('rightsAllow')}</option><option value="deny">${t('rightsDeny')}</option></select></label>
        <label>${t('columnSource')}<select name="source"><option value=${EVERY_SOURCE}>${t('allSources')}</option>${(statusFeed.status?.sources ?? []).map(({ name }) => html`<option>${name}</option>`)}</select></label>
        <label>${t('rightsPath')}<input name="path" maxlength="4096" autocomplete="off" placeholder=${t('rightsPathExample')} aria-describedby="rights-path-rule">
          <span class="manage-soft" id="rights-path-rule">${t('rightsPathRule')}</span></label>
        <button class="button button-primary" type="submit">${t('rightsAddStart')}</button>
      </form></section>`;
  }

  #add({ subject: who, effect, source, path }) {
    const rule = { subject: who, effect, source, path: path || EVERYTHING };
    return rights.putRules([...this.data.rules.map(given), { ...rule, path: rule.path.endsWith('/') ? `${rule.path}**` : rule.path }]);
  }

  #groups() {
    const { groups } = this.data;
    const others = (name) => groups.filter((group) => group.name !== name).map(({ name: kept, members }) => ({ name: kept, members }));
    const put = ({ name, members }) => rights.putGroups([...others(name), { name, members: members.split(/[\n,，、;；]/).map((one) => one.trim()).filter(Boolean) }]);
    return html`<section class="manage-part" aria-labelledby="rights-groups"><h3 id="rights-groups">${t('rightsGroups')}</h3>
      ${things(
        groups.map(({ name, names }) => ({
          name,
          facts: [names.join(t('comma')) || t('rightsNobody')],
          actions: this.careful('delete-group', { of: name, label: t('remove'), question: t('rightsGroupQuestion', name), act: () => rights.putGroups(others(name)), said: t('rightsChanged') }),
        })),
        t('rightsNoGroups'),
      )}
      <form class="card manage-form" id="rights-group" @submit=${(event) => this.submit(event, put, t('rightsChanged'))}>
        <h4>${t('rightsGroup')}</h4>
        <label>${t('rightsGroupName')}<input name="name" required maxlength="100" autocomplete="off"></label>
        <label>${t('rightsMembers')}<textarea name="members" rows="3" aria-describedby="rights-members-rule"></textarea>
          <span class="manage-soft" id="rights-members-rule">${t('rightsMembersRule')}</span></label>
        <button class="button button-primary" type="submit">${t('rightsGroupStart')}</button>
      </form></section>`;
  }
}

function given({ subject: who, effect, source, path }) {
  return { subject: who, effect, source, path };
}

/** A rule as a sentence. */
function sentence({ subject: who, name, effect, source, path }) {
  const where = source === EVERY_SOURCE ? '' : source;
  const what = path === EVERYTHING ? t('rightsEverything') : path;
  return t(effect === 'allow' ? 'rightsMay' : 'rightsMust', subject(who, name), where ? t('rightsOf', what, where) : what);
}

function subject(who, name) {
  if (who === EVERYONE) return t('rightsEveryone');
  return who.startsWith('group:') ? t('rightsGroupOf', who.slice('group:'.length)) : name;
}

customElements.define('zk-manage-rights', ManageRights);
