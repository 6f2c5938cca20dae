// What the browser remembers between visits. Storage may be full or forbidden: then nothing is remembered, and nothing fails.

const PREFIX = 'zhiku.';

export function recall(name) {
  try {
    return localStorage.getItem(PREFIX + name);
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    localStorage.setItem(PREFIX + name, value);
  } catch {
    // The choice still holds for this visit.
  }
}
