import { read, soFar } from './markdown.js';

/** Share of the time that reading a growing text anew may take. */
const SHARE = 0.1;

/** The tokens of a text that grows, read anew only so often that the page stays quick; what was left out is read a little later. */
export class GrowingText {
  #shown = { text: null, tokens: [] };
  #next = 0;
  #timer = 0;

  /** `again` is called when a text that was left out can be read. */
  constructor(again) {
    this.again = again;
  }

  read(text, open) {
    clearTimeout(this.#timer);
    const shown = open ? soFar(text) : text;
    if (shown === this.#shown.text) return this.#shown.tokens;
    const wait = this.#next - performance.now();
    if (open && wait > 0 && text.startsWith(this.#shown.text ?? '')) {
      this.#timer = setTimeout(this.again, wait);
      return this.#shown.tokens;
    }
    const begun = performance.now();
    this.#shown = { text: shown, tokens: read(shown) };
    const taken = performance.now() - begun;
    this.#next = begun + taken / SHARE;
    return this.#shown.tokens;
  }
}
