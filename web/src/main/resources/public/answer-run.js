// One question and what has become of it so far, as an immutable value; `apply` makes the next one from an event of the stream.

/** Phases in which more may still come. */
const OPEN = ['searching', 'queued', 'progress', 'reading'];

/** `mode` is `answer`, from the documents, or `chat`, the model alone. */
export function begin(question, mode) {
  return { phase: 'searching', question, mode, passages: [], position: 0, progress: null, text: '', reasoning: '', response: null, problem: null };
}

export function isOpen(run) {
  return OPEN.includes(run.phase);
}

export function apply(run, { event, data }) {
  switch (event) {
    case 'retrieved':
      return { ...run, phase: 'reading', passages: data.passages };
    case 'queued':
      return { ...run, phase: 'queued', position: data.position };
    case 'progress':
      return { ...run, phase: 'progress', progress: data };
    case 'reasoning':
      return { ...run, phase: 'reading', reasoning: run.reasoning + data.text };
    case 'text':
      return { ...run, phase: 'reading', text: run.text + data.text };
    case 'withdrawn':
      return { ...run, text: '' };
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
    text: response.answer ?? '',
    reasoning: response.reasoning ?? run.reasoning,
    passages: response.passages ?? run.passages,
  };
}
