// Requests that only administrators make. Whether somebody may is for the service to say, each time.
import { getJson, jsonRequest, send } from './api.js';

export const models = {
  list: (signal) => getJson('/models', signal),
  pull: (order) => getJson('/models/pull', undefined, jsonRequest(order)),
  progress: (signal) => getJson('/models/pull', signal),
  stopPull: () => send('/models/pull', { method: 'DELETE' }),
  use: (name) => send('/models/use', jsonRequest({ name })),
  usePrevious: () => send('/models/use', jsonRequest({ previous: true })),
  remove: (name) => send(`/models/${name.split('/').map(encodeURIComponent).join('/')}`, { method: 'DELETE' }),
};

export const sources = {
  list: (signal) => getJson('/sources', signal),
  add: (source) => send('/sources', jsonRequest(source)),
  hold: (name) => send(path('sources', name, 'hold'), { method: 'POST' }),
  resume: (name) => send(path('sources', name, 'resume'), { method: 'POST' }),
  remove: (name, confirm) => send(`${path('sources', name)}?confirm=${confirm}`, { method: 'DELETE' }),
};

/** Deleted files that are still kept. */
export const trash = {
  list: (signal) => getJson('/trash?limit=500', signal),
  restore: (id, as) => send(`${path('trash', id, 'restore')}${as ? `?${new URLSearchParams({ path: as })}` : ''}`, { method: 'POST' }),
  discard: (id) => send(path('trash', id), { method: 'DELETE' }),
  empty: () => send('/trash', { method: 'DELETE' }),
};

export const persons = {
  list: (signal) => getJson('/persons', signal),
  invite: (who) => getJson('/invitations', undefined, jsonRequest(who)),
  withdraw: (id) => send(path('invitations', id), { method: 'DELETE' }),
  remove: (id) => send(path('persons', id), { method: 'DELETE' }),
  signOut: (id, device) => send(path('persons', id, 'devices', device), { method: 'DELETE' }),
};

export const keys = {
  list: (signal) => getJson('/keys', signal),
  make: (terms) => getJson('/keys', undefined, jsonRequest(terms)),
  rotate: (id) => getJson(path('keys', id, 'rotate'), undefined, { method: 'POST' }),
  revoke: (id) => send(path('keys', id), { method: 'DELETE' }),
};

export const clients = {
  list: (signal) => getJson('/connect', signal),
  get: (id, signal) => getJson(path('connect', id), signal),
  /** Sends a request as a client does: with its key, or where it has none yet, as whoever is signed in. */
  attempt: async ({ method, url, body }, question, key) => {
    const asked = body && JSON.stringify(body).replaceAll('"{question}"', () => JSON.stringify(question));
    const headers = { ...(asked ? { 'Content-Type': 'application/json' } : {}), ...(key ? { Authorization: `Bearer ${key}` } : {}) };
    const response = await send(new URL(url).pathname, { method, headers, body: asked }, { signsIn: true });
    return response.json();
  },
};

/** Who may see what. `rules` and `groups` are given whole: what is put stands in place of all before. */
export const rights = {
  rules: (signal) => getJson('/access/rules', signal),
  putRules: (items) => send('/access/rules', put({ items })),
  groups: (signal) => getJson('/groups', signal),
  putGroups: (items) => send('/groups', put({ items })),
  show: (subject, signal) => getJson(`/access/show?${new URLSearchParams({ subject })}`, signal),
  why: (subject, document, signal) => getJson(`/access/why?${new URLSearchParams({ subject, document })}`, signal),
};

export const service = {
  health: (signal) => getJson('/health/ready', signal),
  /** What was recorded of questions since a moment; a part of it, and where it goes on. */
  questions: (from, cursor, signal) =>
    getJson(`/audit?${new URLSearchParams({ what: 'asked', from: from.toISOString(), limit: 500, ...(cursor ? { cursor } : {}) })}`, signal),
};

function put(body) {
  return { ...jsonRequest(body), method: 'PUT' };
}

function path(...parts) {
  return `/${parts.map(encodeURIComponent).join('/')}`;
}
