import { html, nothing } from 'lit';
import '../account/account.js';
import { ZkElement } from '../../element.js';
import { language, t } from '../../language.js';
import { MESSAGES } from '../../messages.js';
import { route } from '../../route.js';
import { session } from '../../api.js';
import { statusFeed } from '../../status-feed.js';
import { THEMES, chooseTheme, theme } from '../../theme.js';

const VIEWS = [
  { view: 'ask', label: 'navAsk' },
  { view: 'search', label: 'navSearch' },
  { view: 'documents', label: 'navDocuments' },
];
const ADMINISTRATION = { view: 'manage', label: 'navManage' };

/** Top of the page: where one can go, how the service is, language and appearance. */
class Header extends ZkElement {
  connected(signal) {
    for (const type of ['change', 'name']) route.addEventListener(type, () => this.requestUpdate(), { signal });
    session.addEventListener('change', () => this.requestUpdate(), { signal });
    session.look();
    statusFeed.follow(() => this.requestUpdate(), signal);
  }

  updated() {
    const question = route.get('q');
    const titles = { documents: 'titleDocuments', manage: 'titleManage', place: 'titlePlace', search: 'titleSearch', sheet: 'evidenceSheet' };
    document.title = titles[route.view] ? t(titles[route.view]) : question ? t('titleQuestion', question) : t('titleAsk');
  }

  render() {
    return html`
      <a class="skip-link" href="#main">${t('skipToContent')}</a>
      <header class="site-header">
        <a class="brand" href="/" @click=${route.follow}><span class="seal" aria-hidden="true">知</span>${t('appName')}</a>
        <nav class="site-nav" aria-label=${t('navigation')}>${this.#views().map((entry) => this.#link(entry))}</nav>
        <div class="site-tools">${this.#status()} <zk-account></zk-account> ${this.#languages()} ${this.#themes()}</div>
      </header>`;
  }

  /** Where whoever asks can go; the service refuses the rest in any case. */
  #views() {
    return session.who?.role === 'admin' && !session.signedOut ? [...VIEWS, ADMINISTRATION] : VIEWS;
  }

  #link({ view, label }) {
    const current = route.view === view;
    const href = view !== 'ask' ? route.link({ view }) : current ? route.link({}) : route.link(route.asked, route.askedIn);
    return html`<a href=${href} id=${`nav-${view}`} aria-current=${current ? 'page' : nothing} @click=${route.follow}>${t(label)}</a>`;
  }

  #status() {
    const { status, problem } = statusFeed;
    const mood = problem ? 'bad' : !status || status.files.total === 0 ? 'unknown' : status.files.pending > 0 || status.files.failed > 0 ? 'busy' : 'good';
    return html`<a class="status-chip" id="status-chip" data-mood=${mood} href=${route.link({ view: 'documents' })} @click=${route.follow}>
      <span class="dot" aria-hidden="true"></span><span>${summary(status, problem)}</span></a>`;
  }

  #languages() {
    return html`<label class="mini-select"><span class="visually-hidden">${t('language')}</span>
      <select id="language" @change=${(event) => language.choose(event.target.value)}>
        ${Object.entries(MESSAGES).map(([tag, messages]) => option(tag, messages.languageName, language.current, tag))}
      </select></label>`;
  }

  #themes() {
    return html`<label class="mini-select"><span class="visually-hidden">${t('theme')}</span>
      <select id="theme" @change=${(event) => chooseTheme(event.target.value)}>
        ${THEMES.map((name) => option(name, t(`theme_${name}`), theme()))}
      </select></label>`;
  }
}

function option(value, label, current, lang = nothing) {
  return html`<option value=${value} lang=${lang} ?selected=${value === current}>${label}</option>`;
}

function troubles({ status, code }) {
  if (status === 401) return 'statusSignIn';
  return code === 'unreachable' ? 'statusUnreachable' : 'statusProblem';
}

function summary(status, problem) {
  if (problem) return t(troubles(problem));
  if (!status) return t('statusLoading');
  const { total, indexed, pending, failed } = status.files;
  if (total === 0) return t('statusEmpty');
  const parts = [t('statusReady', indexed)];
  if (pending > 0) parts.push(t('statusPending', pending));
  if (failed > 0) parts.push(t('statusFailed', failed));
  return parts.join(' · ');
}

customElements.define('zk-header', Header);
