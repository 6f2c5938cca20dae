// What the address says: `?q=` asks, with `&mode=chat` the model alone, with `&source=…&folder=…` or `&documents=…` there alone, `?view=documents&state=failed&find=…&source=…&folder=…&type=…&since=…&sort=…` lists documents,
// `?view=search&find=…&source=…&folder=…&type=…&sort=…` finds words, `?view=manage&panel=…` administers, `?view=place&document=…&passage=…&quote=…` shows a place of one,
// `?view=sheet&answer=…#c=…` answers with their evidence, `&places=…` the evidence alone, for whoever was sent it.
// `#c=…` names the conversation that the service keeps the question in; to anybody else it says nothing.
// Everything worth sharing is here, so that a link or the back button restores it.

/** What the address says of a question: itself, its mode, and where it is kept to. */
const ASKED = ['q', 'mode', 'source', 'folder', 'documents'];
const VIEWS = ['ask', 'search', 'documents', 'manage', 'place', 'sheet'];

class Route extends EventTarget {
  /** What was asked last and in which mode, so that one can go back to it from another view. */
  asked = {};
  askedIn = '';

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

  /** Id of the conversation that is shown, or the empty string. */
  get conversation() {
    return /^#c=(c_[0-9a-f]{1,40})$/.exec(location.hash)?.[1] ?? '';
  }

  /** Writes what is asked and the conversation it stands in into the current entry, and tells nobody but the header. */
  name(params, conversation) {
    history.replaceState(history.state, '', this.link(params, conversation));
    this.#noteAsked();
    this.dispatchEvent(new Event('name'));
  }

  /** Goes to a conversation by a new entry of the history. */
  open(conversation) {
    history.pushState(null, '', this.link({}, conversation));
    this.#changed();
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

  link(params, conversation = '') {
    const kept = Object.entries(params).filter(([, value]) => value);
    return `${kept.length === 0 ? '/' : `/?${new URLSearchParams(kept)}`}${conversation ? `#c=${conversation}` : ''}`;
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
    if (this.view !== 'ask') return;
    this.asked = Object.fromEntries(ASKED.map((name) => [name, this.get(name)]));
    this.askedIn = this.conversation;
  }

  #changed() {
    this.#noteAsked();
    this.dispatchEvent(new Event('change'));
  }
}

export const route = new Route();
