// What stands in the frame of other pages: one question, its answer as it grows, and the cited places. It holds no key: the service knows the
// frame by its mark and lets it see what the rules of its own key show.
import { apply, begin, fail, isOpen } from '../../answer-run.js';
import { readEvents } from '../../event-stream.js';
import { language, t } from '../../language.js';

const MARK = 'Bearer embedded';

const form = document.getElementById('embed-form');
const field = document.getElementById('embed-question');
const state = document.getElementById('embed-state');
const answer = document.getElementById('embed-answer');
const sources = document.getElementById('embed-sources');
let asking = new AbortController();

document.documentElement.lang = language.current;
document.querySelector('h1').textContent = t('askTitle');
document.querySelector('label').textContent = t('askLabel');
document.querySelector('button').textContent = t('askSubmit');
field.placeholder = t('askPlaceholder');

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const question = field.value.trim();
  if (question) ask(question);
});
field.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    form.requestSubmit();
  }
});
field.focus();

async function ask(question) {
  asking.abort();
  asking = new AbortController();
  const { signal } = asking;
  let run = begin(question, 'answer');
  const show = (next) => {
    if (!signal.aborted) draw((run = next));
  };
  show(run);
  try {
    const response = await send(question, signal);
    if (!response.ok) {
      show(fail(run, { status: response.status, ...(await response.json().catch(() => ({}))) }));
      return;
    }
    for await (const { event, data } of readEvents(response.body)) show(apply(run, { event, data: JSON.parse(data) }));
    if (isOpen(run)) show(fail(run, {}));
  } catch {
    show(fail(run, {}));
  }
}

function send(question, signal) {
  return fetch('/query', {
    method: 'POST',
    credentials: 'omit',
    cache: 'no-store',
    signal,
    headers: { Authorization: MARK, Accept: 'text/event-stream', 'Accept-Language': language.current, 'Content-Type': 'application/json' },
    body: JSON.stringify({ question }),
  });
}

function draw(run) {
  document.body.dataset.phase = run.phase;
  const failed = run.phase === 'failed';
  const said = [run.problem?.detail, run.problem?.remedy].filter(Boolean).join(' ');
  state.textContent = failed ? said || t('brokenOffDetail') : isOpen(run) && !run.text ? t('phase_searching') : '';
  answer.textContent = run.text;
  sources.replaceChildren(...(run.response?.citations ?? []).map(source));
}

function source({ number, document_id: id, ordinal, path, location: place, quote }) {
  const item = document.createElement('li');
  const link = document.createElement('a');
  link.href = `/?${new URLSearchParams({ view: 'place', document: id, passage: String(ordinal ?? 0) })}`;
  link.target = '_blank';
  link.rel = 'noopener';
  link.textContent = `[${number}] ${[path, place].filter(Boolean).join(' · ')}`;
  const quoted = document.createElement('blockquote');
  quoted.textContent = quote;
  item.append(link, quoted);
  return item;
}
