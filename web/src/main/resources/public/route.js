// What the address says: `?q=` asks, with `&mode=chat` the model alone, `?view=documents&state=failed&find=…&source=…&folder=…` lists documents,
// `?view=place&document=…&passage=…&quote=…` shows a place of one.
// Everything worth sharing is here, so that a link or the back button restores it.

const VIEWS = ['ask', 'documents', 'place'];

class Route extends EventTarget {
  /** What was asked last and in which mode, so that one can go back to it from another view. */
  asked = {};

  constructor() {
    super();
    this.#noteAsked();
    window.addEventListener('popstate', () => this.#changed());
  }

  get view() {
    const view = this.#params().get('view');
    return VIEWS.includes(view) ? view : VIEWS[0];
  }

  /** The value of one parameter, or the empty string. */
  get(name) {
    return this.#params().get(name) ?? '';
  }

  /** What the entry of the history keeps beside the address, or null; it outlives a reload and is no part of a link. */
  get kept() {
    return history.state;
  }

  /** Goes to a new entry of the history; empty values are left out. */
  go(params, kept = null) {
    history.pushState(kept, '', this.link(params));
    this.#changed();
  }

  /** Keeps a value with the current entry, and tells nobody. */
  keep(value) {
    try {
      history.replaceState(value, '', location.href);
    } catch {
      // Browsers limit how much an entry keeps; what it kept before stays.
    }
  }

  /** Changes the current entry, for filters that are typed letter by letter. */
  replace(params) {
    history.replaceState(null, '', this.link(params));
    this.#changed();
  }

  link(params) {
    const kept = Object.entries(params).filter(([, value]) => value);
    return kept.length === 0 ? '/' : `/?${new URLSearchParams(kept)}`;
  }

  /** A click handler for links within the page; new tabs and downloads stay with the browser. */
  follow(event) {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    history.pushState(null, '', event.currentTarget.href);
    route.#changed();
  }

  #params() {
    return new URLSearchParams(location.search);
  }

  #noteAsked() {
    if (this.view === 'ask') this.asked = { q: this.get('q'), mode: this.get('mode') };
  }

  #changed() {
    this.#noteAsked();
    this.dispatchEvent(new Event('change'));
  }
}

export const route = new Route();
