// One question and what has become of it so far, as an immutable value; `apply` makes the next one from an event of the stream.

/** Phases in which more may still come. */
const OPEN = ['searching', 'queued', 'progress', 'reading'];

/**
 * `mode` is `answer`, from the documents, or `chat`, the model alone. `written` says whether a model writes, so that its text is Markdown; quotes
 * of documents are shown as they stand there. Until the response says it, it is what the service is configured for.
 */
export function begin(question, mode, written = mode === 'chat') {
  const nothingYet = { id: null, number: null, passages: [], position: 0, progress: null, text: '', reasoning: '', thought: null, response: null, problem: null };
  return { phase: 'searching', question, mode, written, ...nothingYet };
}

export function isOpen(run) {
  return OPEN.includes(run.phase);
}

/** `now` in milliseconds, for the time that reasoning takes. */
export function apply(run, { event, data }, now = Date.now()) {
  switch (event) {
    case 'retrieved':
      return { ...run, id: data.id ?? null, phase: 'reading', passages: data.passages };
    case 'queued':
      return { ...run, phase: 'queued', position: data.position };
    case 'progress':
      return { ...run, phase: 'progress', progress: data };
    case 'reasoning':
      return { ...run, phase: 'reading', reasoning: run.reasoning + data.text, thought: { from: run.thought?.from ?? now, to: now } };
    case 'text':
      return { ...run, phase: 'reading', text: run.text + data.text, thought: run.text || !run.thought ? run.thought : { ...run.thought, to: now } };
    case 'withdrawn':
      return { ...run, text: '', written: false }; // the documents are quoted in its place
    case 'answered':
    case 'no_evidence':
    case 'passages':
      return finish(run, event, data);
    case 'failed':
      return fail(run, data);
    default:
      return run; // The contract grows by adding; an event of a later version is not an error.
  }
}

/** Whether nobody looked into the documents for it. */
export function isChat(run) {
  return run?.mode === 'chat';
}

export function stop(run) {
  return { ...run, phase: 'stopped' };
}

/** `problem` has code, detail, remedy and retryable; what was already shown is kept. */
export function fail(run, { status, code, detail, remedy, retryable }) {
  return { ...run, phase: 'failed', problem: { status, code, detail, remedy, retryable } };
}

function finish(run, phase, response) {
  return {
    ...run,
    phase,
    response,
    written: response.generator?.ai_generated ?? (run.written && phase === 'answered'),
    text: response.answer ?? '',
    reasoning: response.reasoning ?? run.reasoning,
    passages: response.nearest ?? response.passages ?? run.passages,
  };
}
