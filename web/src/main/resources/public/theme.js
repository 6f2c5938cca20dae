import { recall, remember } from './memory.js';

// `styles/dark.css` only overrides colours; which theme is on is the `media` of its link. first-paint.js applies the remembered choice.
const MEDIA = { auto: '(prefers-color-scheme: dark)', light: 'not all', dark: 'all' };

export const THEMES = Object.keys(MEDIA);

/** The chosen theme, one of THEMES. */
export function theme() {
  const remembered = recall('theme');
  return THEMES.includes(remembered) ? remembered : 'auto';
}

export function chooseTheme(name) {
  remember('theme', name);
  document.getElementById('dark-styles').media = MEDIA[name];
  document.documentElement.dataset.theme = name;
}
