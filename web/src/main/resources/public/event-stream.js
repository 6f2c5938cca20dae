/** Longest single event accepted, in UTF-16 units: a full response with 20 passages is far below it. */
const MAX_EVENT_CHARS = 4_000_000;

/** Longest silence of a stream in milliseconds; the service sends at least a comment every 10 s. */
const MAX_SILENCE = 30_000;

/** Reads a `text/event-stream` body; yields `{event, id, data}` with data still as text. Leaving the loop early cancels the stream. */
export async function* readEvents(body) {
  const reader = body.pipeThrough(new TextDecoderStream('utf-8')).getReader();
  const lines = new LineSplitter();
  let pending = { event: 'message', id: '', data: [], size: 0 };
  try {
    for (;;) {
      const { value, done } = await readInTime(reader);
      if (done) return;
      for (const line of lines.push(value)) {
        if (line !== '') {
          addField(pending, line);
        } else {
          if (pending.data.length > 0) yield { event: pending.event, id: pending.id, data: pending.data.join('\n') };
          pending = { event: 'message', id: pending.id, data: [], size: 0 };
        }
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

async function readInTime(reader) {
  let timer;
  const silence = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new DOMException(`nothing arrived for ${MAX_SILENCE} ms`, 'TimeoutError')), MAX_SILENCE);
  });
  try {
    return await Promise.race([reader.read(), silence]);
  } finally {
    clearTimeout(timer);
  }
}

function addField(pending, line) {
  const colon = line.indexOf(':');
  if (colon === 0) return;
  const name = colon < 0 ? line : line.slice(0, colon);
  const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
  if (name === 'event') pending.event = value;
  if (name === 'id') pending.id = value;
  if (name !== 'data') return;
  pending.data.push(value);
  pending.size += value.length;
  if (pending.size > MAX_EVENT_CHARS) throw new RangeError(`event longer than ${MAX_EVENT_CHARS} characters`);
}

/** Cuts text that arrives in pieces into lines ended by LF, CR or CR LF, also when a piece ends between CR and LF. */
class LineSplitter {
  #rest = '';
  #afterCarriageReturn = false;

  push(piece) {
    let text = piece;
    if (this.#afterCarriageReturn && text.startsWith('\n')) text = text.slice(1);
    if (piece !== '') this.#afterCarriageReturn = piece.endsWith('\r');
    const lines = (this.#rest + text).split(/\r\n|\r|\n/);
    this.#rest = lines.pop();
    if (this.#rest.length > MAX_EVENT_CHARS) throw new RangeError(`line longer than ${MAX_EVENT_CHARS} characters`);
    return lines;
  }
}
