// What was said so far: a list of runs, oldest first, of a conversation that the service keeps or of one that lives in its tab. Pure functions.
import { apply, begin, fail, isOpen, stop } from './answer-run.js';

/** Most exchanges that are shown and carried; the service takes 50 turns, and an exchange is two. */
const MAX_EXCHANGES = 25;
/** Longest turn that the service takes, in code points. */
const MAX_TURN = 20_000;
/** Most UTF-16 units of all turns together. With a question of 20,000 code points this stays below the 512 KiB that the service reads. */
const MAX_CARRIED = 100_000;
/** Form of what is kept; what an earlier version of the page kept in another form is not read. */
const FORM = 2;

/** The exchanges so far with one more. */
export function withRun(runs, run) {
  return [...runs, run].slice(-MAX_EXCHANGES);
}

/** The turns that go with the next question: the newest exchanges in which the model said something. */
export function turnsOf(runs) {
  const turns = [];
  let room = MAX_CARRIED;
  for (const run of runs.filter(({ text }) => text.trim() !== '').reverse()) {
    const [question, answer] = [cut(run.question), cut(run.text)];
    room -= question.length + answer.length;
    if (room < 0) break;
    turns.unshift({ role: 'user', content: question }, { role: 'assistant', content: answer });
  }
  return turns;
}

/** The run that a turn which the service kept is shown as; one that is still running is open, and is followed by its `id`. */
export function runOf(turn, conversation) {
  const { mode, number, query_id: id, changed_sources: changed, answer, rating, response } = turn;
  const begun = { ...begin(turn.question, mode), id, number, conversation, rating, changed };
  if (turn.status === 'running') return begun;
  if (response) return apply(begun, { event: turn.status, data: response });
  const written = { ...begun, text: answer, written: true };
  if (turn.status === 'failed' && turn.problem) return fail(written, turn.problem);
  return turn.status === 'stopped' ? stop(written) : { ...written, phase: turn.status };
}

/** What the entry of the history with this number keeps: the exchanges before, and the one that was asked there, once it is over. */
export function toKeep(entry, before, run) {
  return { form: FORM, entry, before, run: run && !isOpen(run) ? run : null };
}

/** What was kept, as `{entry, before, run}`, or null. */
export function keptIn(state) {
  return state?.form === FORM ? state : null;
}

function cut(text) {
  return text.length <= MAX_TURN ? text : [...text].slice(0, MAX_TURN).join('');
}
