// An answer that is followed to its end though the connection is lost on the way: the service goes on, and so does the reading.
import { Problem, ask, followQuery } from './api.js';

/** Waits before the next try, in milliseconds. */
const WAITS = [300, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];
const ENDS = ['answered', 'no_evidence', 'passages', 'failed'];
/** What a lost connection looks like. */
const LOST = ['broken-off', 'unreachable', 'unreadable'];

/** Asks, and yields the events as they come; with `detach` a lost connection is made again from the last event on. */
export async function* askAndFollow(asked, signal) {
  yield* follow(ask(asked, signal), { id: null, last: '' }, asked.detach === true, signal);
}

/** The events of a query that runs already, from its first. */
export async function* followFrom(id, signal) {
  yield* follow(followQuery(id, '', signal), { id, last: '' }, true, signal);
}

async function* follow(first, place, again, signal) {
  let events = first;
  for (let tries = 0; ; tries++) {
    try {
      for await (const event of events) {
        tries = 0;
        place.id ??= event.data.id ?? null;
        place.last = event.id;
        yield event;
        if (ENDS.includes(event.event)) return;
      }
      throw new Problem({ code: 'broken-off', retryable: true });
    } catch (problem) {
      if (signal.aborted || !again || place.id === null || tries >= WAITS.length || !LOST.includes(problem.code)) throw problem;
    }
    await rest(WAITS[tries], signal);
    events = followQuery(place.id, place.last, signal);
  }
}

/** Waits, but no longer than until the network or the page is back. */
function rest(time, signal) {
  return new Promise((resolve) => {
    const waiting = new AbortController();
    const end = () => {
      clearTimeout(timer);
      waiting.abort();
      resolve();
    };
    const timer = setTimeout(end, time);
    window.addEventListener('online', end, { signal: waiting.signal });
    document.addEventListener('visibilitychange', () => document.hidden || end(), { signal: waiting.signal });
    signal.addEventListener('abort', end, { signal: waiting.signal });
  });
}
