import { Problem, getDocument, uploadDocument } from './api.js';

/** Most files taken at once; a whole collection belongs into the watched folder. */
export const MAX_FILES = 500;

let nextId = 1;

/**
 * Sends files one after the other and follows each until it is indexed. Entries are immutable `{id, name, file, state, share,
 * document, problem}`; `state` is waiting, sending, conflict, refused, or, once uploaded, the document's state (or gone).
 * Tells `change` at every step, and `uploaded` when a file has arrived.
 */
export class UploadQueue extends EventTarget {
  entries = [];
  #sending = false;
  #current = null;
  #following = false;
  #stopped = new AbortController();

  /** Adds `{file, path}`; entries of `refusals`, `{name, problem}`, are listed as refused right away. */
  add(files, refusals = []) {
    const waiting = files.map(({ file, path }) => ({ id: nextId++, name: path, file, state: 'waiting', share: 0, onConflict: 'fail' }));
    const refused = refusals.map((refusal) => ({ id: nextId++, state: 'refused', ...refusal }));
    this.#set([...this.entries, ...waiting, ...refused]);
    this.#sendNext();
  }

  /** Sends an entry again, with `onConflict` rename or replace. */
  resolve(id, onConflict) {
    this.#change(id, { state: 'waiting', share: 0, problem: null, onConflict });
    this.#sendNext();
  }

  /** Sends no more of an entry, and forgets it. */
  cancel(id) {
    this.dismiss(id);
    if (this.#current?.id === id) this.#current.stop.abort();
  }

  dismiss(id) {
    this.#set(this.entries.filter((entry) => entry.id !== id));
  }

  stop() {
    this.#stopped.abort();
    this.#stopped = new AbortController();
  }

  /** Asks what became of the uploaded documents that were pending. */
  async follow() {
    if (this.#following) return;
    this.#following = true;
    for (const entry of this.entries.filter(({ state }) => state === 'pending')) await this.#followOne(entry);
    this.#following = false;
  }

  async #followOne({ id, document }) {
    try {
      const current = await getDocument(document.id, this.#stopped.signal);
      if (current.state !== 'pending') this.#change(id, { state: current.state, document: current });
    } catch (problem) {
      // Anything but its absence is temporary; the next look tries again.
      if (problem instanceof Problem && problem.status === 404) this.#change(id, { state: 'gone' });
    }
  }

  async #sendNext() {
    const entry = this.entries.find(({ state }) => state === 'waiting');
    if (this.#sending || !entry) return;
    this.#sending = true;
    await this.#send(entry, this.#stopped.signal);
    this.#sending = false;
    this.#sendNext();
  }

  async #send({ id, name, file, onConflict }, stopped) {
    const stop = new AbortController();
    this.#current = { id, stop };
    const forward = () => stop.abort();
    stopped.addEventListener('abort', forward);
    const { signal } = stop;
    this.#change(id, { state: 'sending' });
    try {
      const document = await uploadDocument(file, { path: name, onConflict, signal, onProgress: (share) => this.#change(id, { share }) });
      this.#change(id, { state: document.state, document, file: null });
      this.dispatchEvent(new Event('uploaded'));
    } catch (problem) {
      const state = signal.aborted ? 'waiting' : problem.code === 'document-exists' ? 'conflict' : 'refused';
      this.#change(id, { state, problem });
    } finally {
      stopped.removeEventListener('abort', forward);
      this.#current = null;
    }
  }

  #change(id, changes) {
    this.#set(this.entries.map((entry) => (entry.id === id ? { ...entry, ...changes } : entry)));
  }

  #set(entries) {
    this.entries = entries;
    this.dispatchEvent(new Event('change'));
  }
}
