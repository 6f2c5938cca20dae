// What was said with the model alone so far: a list of runs, oldest first. Pure functions.

/** Most exchanges that are shown and carried; the service takes 50 turns, and an exchange is two. */
const MAX_EXCHANGES = 25;
/** Longest turn that the service takes, in code points. */
const MAX_TURN = 20_000;
/** Most UTF-16 units of all turns together. With a question of 20,000 code points this stays below the 512 KiB that the service reads. */
const MAX_CARRIED = 100_000;

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

function cut(text) {
  return text.length <= MAX_TURN ? text : [...text].slice(0, MAX_TURN).join('');
}
