// For pages of the intranet: a button that opens a frame to ask in. A classic script, so that any page can name it by one tag.
(() => {
  const script = document.currentScript;
  const host = new URL(script.src).origin;
  const chinese = (script.dataset.lang ?? document.documentElement.lang ?? navigator.language).startsWith('zh');
  const label = script.dataset.label ?? (chinese ? '问知库' : 'Ask Zhiku');

  const frame = document.createElement('iframe');
  frame.title = label;
  frame.hidden = true;
  Object.assign(frame.style, {
    position: 'fixed', right: '16px', bottom: '72px', width: 'min(420px, calc(100vw - 32px))', height: 'min(640px, calc(100vh - 96px))',
    border: '1px solid #8886', borderRadius: '12px', background: '#fff', boxShadow: '0 8px 32px #0004', zIndex: '2147483000',
  });

  const button = document.createElement('button');
  button.type = 'button';
  button.id = 'zhiku-embed';
  button.textContent = label;
  button.setAttribute('aria-expanded', 'false');
  Object.assign(button.style, {
    position: 'fixed', right: '16px', bottom: '16px', padding: '12px 16px', font: '16px system-ui, sans-serif', color: '#fff', background: '#9b2c1f',
    border: '0', borderRadius: '999px', boxShadow: '0 2px 12px #0004', cursor: 'pointer', zIndex: '2147483000',
  });

  const show = (open) => {
    if (open && !frame.src) frame.src = `${host}/embed`;
    frame.hidden = !open;
    button.setAttribute('aria-expanded', String(open));
  };
  button.addEventListener('click', () => show(frame.hidden));
  document.addEventListener('keydown', ({ key }) => key === 'Escape' && show(false));
  const attach = () => document.body.append(frame, button);
  if (document.body) attach();
  else document.addEventListener('DOMContentLoaded', attach);
})();
