import { html, nothing } from 'lit';
import { service } from '../../administration.js';
import { dateTime, number, size, t } from '../../language.js';
import { statusFeed } from '../../status-feed.js';
import { bars } from './bars.js';
import { ManagePanel } from './panel.js';

/** Days of which the questions are counted, and most parts of the record that are read for it. */
const DAYS = 14;
const MOST_PARTS = 20;
/** Looks at the service whose pace is kept for the chart. */
const LOOKS = 40;

/** The name of an embedding model in its id, such as {@code bge-small-zh-v1.5-q:1-d3d76dc5:512}. */
const modelName = (id) => id.split(':')[0];

/** How the service is, what is missing and what to do about it, and a few figures. */
class ManageOverview extends ManagePanel {
  #paces = [];
  #lastLook = null;

  constructor() {
    super();
    this.panel = 'overview';
  }

  connected(signal) {
    super.connected(signal);
    statusFeed.follow(() => this.#looked(), signal);
  }

  async read(signal) {
    const [health, questions] = await Promise.all([service.health(signal), questionsByDay(signal)]);
    return { health, questions };
  }

  #looked() {
    const { status } = statusFeed;
    if (status && status !== this.#lastLook) this.#paces = [...this.#paces, status.queue.passages_per_second].slice(-LOOKS);
    this.#lastLook = status;
    this.requestUpdate();
  }

  content() {
    return html`${this.#health()} ${this.#figures()} ${this.#charts()}`;
  }

  #health() {
    const { degraded } = this.data.health;
    if (degraded.length === 0) return html`<p class="notice notice-good" id="overview-well">${t('overviewWell')}</p>`;
    return html`<ul class="manage-things" id="overview-missing">${degraded.map(
      ({ part, name, detail }) => html`<li class="notice notice-warn" data-part=${part}><p><strong>${t(`health_${part}`)}</strong> ${part === 'source' ? name : nothing}</p>
        <p>${detail}</p><p>${t(`healthRemedy_${part}`)}</p></li>`,
    )}</ul>`;
  }

  #figures() {
    const { status } = statusFeed;
    if (!status) return nothing;
    const { storage, index, generator } = status;
    const facts = [
      ['overviewVersion', status.version],
      ['overviewFiles', t('overviewFilesOf', number(status.files.indexed), number(status.files.total))],
      ['columnPassages', number(status.passages)],
      ['overviewIndex', size(index.size_bytes)],
      ['overviewDisk', size(storage.free_bytes)],
      ['overviewVerified', storage.index_verified_at ? dateTime(storage.index_verified_at) : '–'],
      ['overviewWriter', generator.backend === 'extractive' ? t('modelsQuotes') : (generator.model ?? generator.backend)],
      ['overviewVectors', index.embedders.length > 0 ? index.embedders.map(modelName).join(t('comma')) : t('overviewNoVectors')],
    ];
    return html`<dl class="manage-facts card">${facts.map(([name, value]) => html`<div><dt>${t(name)}</dt><dd>${value}</dd></div>`)}</dl>`;
  }

  #charts() {
    const { questions } = this.data;
    const asked = questions.days.reduce((sum, { count }) => sum + count, 0);
    return html`<div class="manage-charts">
      <figure class="card"><figcaption>${t(questions.complete ? 'overviewQuestions' : 'overviewQuestionsSome', DAYS, number(asked))}</figcaption>
        ${bars(questions.days.map(({ day, count }) => ({ value: count, label: t('overviewDay', shortDay(day), number(count)) })))}</figure>
      <figure class="card"><figcaption>${t('overviewPace', number(Math.round(this.#paces.at(-1) ?? 0)))}</figcaption>
        ${bars(this.#paces.map((pace) => ({ value: pace, label: t('queueSpeed', number(Math.round(pace))) })), LOOKS)}</figure>
    </div>`;
  }
}

/** How many questions the record has of each of the last days, today last. */
async function questionsByDay(signal) {
  const today = new Date();
  today.setHours(0, 0, 0, 0);
  const days = Array.from({ length: DAYS }, (_, i) => ({ day: new Date(today.getFullYear(), today.getMonth(), today.getDate() - DAYS + 1 + i), count: 0 }));
  let cursor = '';
  for (let part = 0; part < MOST_PARTS; part++) {
    const { items, next_cursor: next } = await service.questions(days[0].day, cursor, signal);
    for (const { at } of items) {
      const found = days.findLast(({ day }) => day <= new Date(at));
      if (found) found.count++;
    }
    if (!next) return { days, complete: true };
    cursor = next;
  }
  return { days, complete: false };
}

function shortDay(day) {
  return new Intl.DateTimeFormat(document.documentElement.lang, { month: 'short', day: 'numeric' }).format(day);
}

customElements.define('zk-manage-overview', ManageOverview);
