// Runs before the first paint, so that a remembered theme does not flash the other one, and sends the form of browsers too old for the
// modules to the plain page. Everything else is in modules. Old browsers read this: no syntax younger than functions and var.
(function () {
  var theme = null;
  try {
    theme = localStorage.getItem('zhiku.theme');
  } catch (forbidden) {
    // Storage may be forbidden; the system's theme is used then.
  }
  var media = { light: 'not all', dark: 'all' }[theme];
  if (media) {
    document.getElementById('dark-styles').media = media;
    document.documentElement.dataset.theme = theme;
  }
  // Those that do not know import maps cannot tell whether they support them either.
  if (!(window.HTMLScriptElement && HTMLScriptElement.supports && HTMLScriptElement.supports('importmap'))) {
    document.addEventListener('DOMContentLoaded', function () {
      var form = document.querySelector('.ask-form');
      if (form) form.action = '/plain';
    });
  }
})();
