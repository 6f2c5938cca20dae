import { getStatus, session } from './api.js';
import { language } from './language.js';

/** Time between two looks at GET /status, in milliseconds: while files are being worked on, and otherwise. */
const BUSY_INTERVAL = 1_500;
const IDLE_INTERVAL = 4_000;

/**
 * The state of the service, shared by all components: one request at a time, however many listen. Runs while somebody listens,
 * the page is visible and nobody has to sign in. `status` is null until the first answer; `problem` is why the last look failed.
 */
class StatusFeed extends EventTarget {
  status = null;
  problem = null;
  #listeners = 0;
  #timer = 0;
  #looking = false;

  constructor() {
    super();
    document.addEventListener('visibilitychange', () => this.look());
    session.addEventListener('change', () => this.look());
    language.addEventListener('change', () => this.look());
  }

  /** Calls back at every change until the signal aborts. */
  follow(callback, signal) {
    this.addEventListener('change', callback, { signal });
    this.#listeners++;
    signal.addEventListener('abort', () => this.#listeners--, { once: true });
    this.look();
  }

  /** Looks now, for example after an upload, and goes on from there. */
  async look() {
    clearTimeout(this.#timer);
    if (this.#looking || this.#listeners === 0 || document.hidden || session.signedOut) return;
    this.#looking = true;
    try {
      this.status = await getStatus();
      this.problem = null;
    } catch (problem) {
      this.problem = problem;
    }
    this.#looking = false;
    this.#timer = setTimeout(() => this.look(), this.#busy() ? BUSY_INTERVAL : IDLE_INTERVAL);
    this.dispatchEvent(new Event('change'));
  }

  #busy() {
    return this.status?.files.pending > 0 || this.status?.queue.depth > 0;
  }
}

export const statusFeed = new StatusFeed();
