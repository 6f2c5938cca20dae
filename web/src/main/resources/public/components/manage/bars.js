import { html, svg } from 'lit';

const HEIGHT = 60;
const WIDTH = 12;
const GAP = 3;

/** A small chart of bars, oldest first, `{value, label}` each; `places` are there from the start. What it shows is read out as a list. */
export function bars(values, places = values.length) {
  const most = Math.max(1, ...values.map(({ value }) => value));
  const left = places - values.length;
  const bar = ({ value, label }, i) => {
    const height = Math.max(value > 0 ? 2 : 1, (value / most) * HEIGHT);
    return svg`<rect class=${value > 0 ? 'bar' : 'bar bar-none'} x=${(left + i) * (WIDTH + GAP)} y=${HEIGHT - height} width=${WIDTH} height=${height}><title>${label}</title></rect>`;
  };
  return html`<svg class="bars" viewBox="0 0 ${Math.max(1, places * (WIDTH + GAP) - GAP)} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${values.map(bar)}</svg>
    <ul class="visually-hidden">${values.filter(({ value }) => value > 0).map(({ label }) => html`<li>${label}</li>`)}</ul>`;
}
