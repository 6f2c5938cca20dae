// Requests about conversations that the service keeps, and whether it keeps any for whoever asks.
import { getJson, send, jsonRequest, Problem } from './api.js';

/** Codes that say that none are kept; then a conversation with the model lives in its tab. */
const NOT_KEPT = ['conversations-off', 'conversations-not-kept', 'not-found'];

/** Tells `change` when the list may have changed. */
class KeptConversations extends EventTarget {
  /** Whether any are kept; true until the service says otherwise. */
  on = true;

  changed() {
    this.dispatchEvent(new Event('change'));
  }

  /** Begins one and gives its id, or null where none are kept. */
  async begin(signal) {
    const made = this.on ? await this.#unlessOff(() => getJson('/conversations', signal, { method: 'POST' })) : null;
    return made?.id ?? null;
  }

  /** A part of the list, or null where none are kept. */
  list({ q = '', cursor = '' }, signal) {
    const given = Object.entries({ q, cursor }).filter(([, value]) => value);
    return this.#unlessOff(() => getJson(`/conversations?${new URLSearchParams(given)}`, signal));
  }

  /** One with its last turns before a number, or null where there is none. */
  async read(id, before, signal) {
    try {
      return await this.#unlessOff(() => getJson(`${path(id)}${before ? `?before=${before}` : ''}`, signal));
    } catch (problem) {
      if (problem.code === 'conversation-not-found') return null;
      throw problem;
    }
  }

  async change(id, changes) {
    await send(path(id), { ...jsonRequest(changes), method: 'PATCH' });
    this.changed();
  }

  async remove(id) {
    await send(path(id), { method: 'DELETE' });
    this.changed();
  }

  async bringIn(text) {
    await send('/conversations/import', { ...jsonRequest(null), body: text });
    this.changed();
  }

  /** `rating` is up, down or null, which takes it back. */
  async rate(id, number, rating, comment = '') {
    await send(`${path(id)}/turns/${number}/rating`, { ...jsonRequest({ rating, comment }), method: 'PUT' });
  }

  async #unlessOff(request) {
    try {
      const answer = await request();
      this.on = true;
      return answer;
    } catch (problem) {
      if (!(problem instanceof Problem) || !NOT_KEPT.includes(problem.code)) throw problem;
      this.on = false;
      this.changed();
      return null;
    }
  }
}

/** The address of one as a file; `format` is json or markdown. */
export function exportOf(id, format) {
  return `${path(id)}/export?format=${format}`;
}

function path(id) {
  return `/conversations/${encodeURIComponent(id)}`;
}

export const keptConversations = new KeptConversations();
