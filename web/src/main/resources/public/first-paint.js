// Runs before the first paint, so that a remembered theme does not flash the other one. Everything else is in modules.
(() => {
  let theme = null;
  try {
    theme = localStorage.getItem('zhiku.theme');
  } catch {
    // Storage may be forbidden; the system's theme is used then.
  }
  const media = { light: 'not all', dark: 'all' }[theme];
  if (media) {
    document.getElementById('dark-styles').media = media;
    document.documentElement.dataset.theme = theme;
  }
})();
