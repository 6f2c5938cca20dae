// Work that nobody waits for: one piece after another, so that between two of them the page answers whoever uses it.

let last = Promise.resolve();

/** Settles when the pieces before are done and the browser has looked after everything else once. */
export function afterwards() {
  last = last.then(() => new Promise((resolve) => setTimeout(resolve)));
  return last;
}
