// Requests to the service; nothing else calls fetch. Names and shapes are those of the HTTP contract.
import { language } from './language.js';
import { readEvents } from './event-stream.js';

/** Longest wait for GET /status in milliseconds; after it the service counts as unreachable. */
const STATUS_TIMEOUT = 10_000;

/** Whether the service asked for a key, and who is signed in: GET /session, or null until that is known. Tells `change`. */
class Session extends EventTarget {
  signedOut = false;
  who = null;

  set(signedOut, who = this.who) {
    if (this.signedOut === signedOut && this.who === who) return;
    Object.assign(this, { signedOut, who });
    this.dispatchEvent(new Event('change'));
  }

  /** Asks who is signed in, which also keeps a person signed in. A page that cannot tell shows nobody. */
  async look() {
    try {
      this.set(this.signedOut, await getJson('/session'));
    } catch {
      this.set(this.signedOut, null);
    }
  }
}

export const session = new Session();

/** A request that failed, with what happened and what to do. `code` is the service's, or `unreachable` and `unreadable` of our own. */
export class Problem extends Error {
  constructor({ status = 0, code, detail = '', remedy = '', retryable = false }) {
    super(detail || code);
    Object.assign(this, { status, code, detail, remedy, retryable });
  }
}

export function getStatus() {
  return getJson('/status', AbortSignal.timeout(STATUS_TIMEOUT));
}

/** One page of documents; `parameters` are those of GET /documents, empty ones are left out. */
export function listDocuments(parameters, signal) {
  return getJson(`/documents?${given(parameters)}`, signal);
}

/** All documents and passages that hold words; `parameters` are those of GET /search, empty ones are left out. */
export function searchWords(parameters, signal) {
  return getJson(`/search?${given(parameters)}`, signal);
}

/** The address of the same as a table. */
export function searchTable(parameters) {
  return `/search/table?${given(parameters)}`;
}

export function getDocument(id, signal) {
  return getJson(documentPath(id), signal);
}

/** The first passages of a document, in their order. */
export function listPassages(id, limit, signal) {
  return getJson(`${documentPath(id)}/passages?limit=${limit}`, signal);
}

/** The text around a passage of a document; `window` has passage, before and after. */
export function viewDocument(id, window, signal) {
  return getJson(`${documentPath(id)}/view?${new URLSearchParams(window)}`, signal);
}

export async function retryDocument(id) {
  await send(`${documentPath(id)}/retry`, { method: 'POST' });
}

export async function deleteDocument(id) {
  await send(documentPath(id), { method: 'DELETE' });
}

/** Reads no further files, or goes on; questions are answered either way. */
export async function pauseIngest(paused) {
  await send(`/ingest/${paused ? 'pause' : 'resume'}`, { method: 'POST' });
}

/** Believes the folder of a held source as it is now. */
export async function confirmSource(name) {
  await send(`/sources/${encodeURIComponent(name)}/confirm`, { method: 'POST' });
}

export async function signIn(key) {
  await send('/session', jsonRequest({ key }), { signsIn: true });
  session.set(false);
  await session.look();
}

export async function signOut() {
  await send('/session', { method: 'DELETE' });
  location.reload();
}

/** Signs this device in; the word behind the # of the link is good once. */
export async function acceptInvitation(token) {
  await send('/invitations/accept', jsonRequest({ token }), { signsIn: true });
}

/**
 * Asks, and yields `{event, id, data}` as the service streams them. `asked` has the fields of POST /query; `reasoning` null is as configured.
 * Aborting the signal stops the generation in the service too, but not with `detach`.
 */
export async function* ask(asked, signal) {
  const request = jsonRequest(asked);
  request.headers.Accept = 'text/event-stream';
  yield* events(await send('/query', { ...request, signal }), signal);
}

/** The events of a query that goes on by itself, from the one after `last` on. */
export async function* followQuery(id, last, signal) {
  const headers = { Accept: 'text/event-stream', ...(last ? { 'Last-Event-ID': last } : {}) };
  yield* events(await send(`${queryPath(id)}/events`, { headers, signal }), signal);
}

/** Stops a query that goes on by itself. */
export async function stopQuery(id) {
  await send(queryPath(id), { method: 'DELETE' });
}

async function* events(response, signal) {
  try {
    for await (const { event, id, data } of readEvents(response.body)) yield { event, id, data: JSON.parse(data) };
  } catch (cause) {
    throw signal.aborted ? cause : new Problem({ code: isUnreadable(cause) ? 'unreadable' : 'broken-off', retryable: true });
  }
}

/**
 * Uploads one file to a path. With XMLHttpRequest, because fetch does not report upload progress.
 * `onConflict` is fail, rename or replace; `onProgress` is given a share from 0 to 1.
 */
export function uploadDocument(file, { path, onConflict, onProgress, signal }) {
  const form = new FormData();
  form.append('on_conflict', onConflict);
  if (path !== file.name) form.append('path', path);
  form.append('file', file, file.name);
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/documents');
    request.setRequestHeader('Accept', 'application/json, application/problem+json');
    request.setRequestHeader('Accept-Language', language.current);
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(unreachable());
    request.onabort = () => reject(signal.reason);
    request.onload = () => {
      const body = parseJson(request.responseText);
      if (request.status < 300 && body) resolve(body);
      else reject(refused(request.status, body));
    };
    signal.addEventListener('abort', () => request.abort(), { once: true });
    request.send(form);
  });
}

/** The address of a document's original, at a page when there is one. */
export function originalOf({ document_id: id, page }) {
  return `${documentPath(id)}/content${page ? `#page=${page}` : ''}`;
}

/** An address given by the service, only if it stays with this service's documents; else null. */
export function safeOriginal(address) {
  const url = URL.canParse(address ?? '', location.origin) ? new URL(address, location.origin) : null;
  return url && url.origin === location.origin && url.pathname.startsWith('/documents/') ? url.href : null;
}

function given(parameters) {
  return new URLSearchParams(Object.entries(parameters).filter(([, value]) => value !== '' && value !== null));
}

function documentPath(id) {
  return `/documents/${encodeURIComponent(id)}`;
}

function queryPath(id) {
  return `/query/${encodeURIComponent(id)}`;
}

export function jsonRequest(body) {
  return { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
}

export async function getJson(path, signal, request = {}) {
  const response = await send(path, { ...request, signal });
  const body = parseJson(await response.text());
  if (body === null) throw new Problem({ status: response.status, code: 'unreadable', retryable: true });
  return body;
}

export async function send(path, request, { signsIn = false } = {}) {
  const headers = { Accept: 'application/json, application/problem+json', 'Accept-Language': language.current, ...request.headers };
  let response;
  try {
    response = await fetch(path, { ...request, headers, credentials: 'same-origin', cache: 'no-store' });
  } catch (cause) {
    throw cause.name === 'AbortError' ? cause : unreachable();
  }
  if (response.ok) return response;
  throw refused(response.status, parseJson(await response.text().catch(() => '')), signsIn);
}

function refused(status, body, signsIn = false) {
  if (status === 401 && !signsIn) session.set(true);
  return new Problem({ status, code: 'unreadable', retryable: status >= 500 || status === 429, ...known(body) });
}

function known(body) {
  const texts = ['code', 'detail', 'remedy'].filter((name) => typeof body?.[name] === 'string');
  return Object.fromEntries(texts.map((name) => [name, body[name]]));
}

function isUnreadable(cause) {
  return cause instanceof SyntaxError || cause instanceof RangeError;
}

function unreachable() {
  return new Problem({ code: 'unreachable', retryable: true });
}

function parseJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
