// The text of a document as its parts: headings, paragraphs, lists, tables, code. Whatever a part holds is shown as text.
import { html, nothing } from 'lit';
import { t } from '../../language.js';
import { cutAtMarks } from '../../quote-match.js';

/** Templates of consecutive blocks; `marks` are `{index, start, end, kind}`, of which `index` is that of the block. */
export function blocksOf(blocks, marks) {
  const shown = [];
  let before = null;
  for (let at = 0; at < blocks.length; ) {
    const end = groupEnd(blocks, at);
    const place = placeKey(blocks[at]);
    if (place !== before) shown.push(placeLine(blocks[at]));
    before = place;
    shown.push(group(blocks.slice(at, end), at, marks));
    at = end;
  }
  return shown;
}

/** Rows of one table and items of one list belong together. */
function groupEnd(blocks, at) {
  const { kind } = blocks[at];
  let end = at + 1;
  if (kind !== 'row' && kind !== 'list_item') return end;
  while (end < blocks.length && blocks[end].kind === kind && belongs(blocks[at], blocks[end])) end++;
  return end;
}

function belongs(one, other) {
  return placeKey(one) === placeKey(other) && one.heading.join('\n') === other.heading.join('\n');
}

/** What a reader would call the part of the document: inner file, page, slide or sheet. */
function placeKey({ entry, unit, start, heading }) {
  const part = unit === 'page' || unit === 'slide' ? start : unit === 'row' ? (heading[0] ?? '') : '';
  return JSON.stringify([entry, unit, part]);
}

function placeLine({ entry, unit, start, heading, page_label: label }) {
  const part =
    unit === 'page' ? t('viewPage', start, label) : unit === 'slide' ? t('place_slide', start) : unit === 'row' ? (heading[0] ?? '') : '';
  const words = [entry, part].filter(Boolean).join(' › ');
  return words ? html`<p class="view-place">${words}</p>` : nothing;
}

function group(blocks, at, marks) {
  const [first] = blocks;
  const marked = (block, i) => ({ ...block, marks: marks.filter(({ index }) => index === at + i) });
  const all = blocks.map(marked);
  if (first.kind === 'row') return table(all);
  if (first.kind === 'list_item') return html`<ul class="view-list">${all.map((block) => html`<li>${words(block)}</li>`)}</ul>`;
  return single(all[0]);
}

function single(block) {
  const line = block.unit === 'line' ? block.start : nothing;
  switch (block.kind) {
    case 'heading':
      return html`<h3 class="view-heading" data-depth=${Math.min(block.heading.length, 4)}>${words(block)}</h3>`;
    case 'code':
      return code(block);
    case 'note':
      return html`<p class="view-note"><span class="badge">${t('viewNote')}</span> ${words(block)}</p>`;
    case 'caption':
      return html`<p class="view-caption">${words(block)}</p>`;
    default:
      return html`<p class="view-text" data-kind=${block.kind} data-line=${line}>${words(block)} ${certainty(block)}</p>`;
  }
}

function certainty({ recognised }) {
  return recognised === null || recognised === undefined
    ? nothing
    : html`<span class="badge view-certainty" title=${t('panelRecognised')}>${t('viewRecognised', recognised)}</span>`;
}

function words({ text, marks }, start, end) {
  return cutAtMarks(text, marks, start, end).map(piece);
}

function piece({ text, mark }) {
  if (mark === null) return text;
  return mark === 'quote' ? html`<mark data-testid="quote">${text}</mark>` : html`<mark class="view-other">${text}</mark>`;
}

/** With the number of each line where the file counts lines. */
function code(block) {
  let at = 0;
  const lines = block.text.split('\n').map((line, i) => {
    const start = at;
    at += line.length + 1;
    const number = block.unit === 'line' ? block.start + i : nothing;
    return html`<span class="view-line" data-line=${number}>${line === '' ? ' ' : words(block, start, start + line.length)}</span>`;
  });
  return html`<pre class="view-code" tabindex="0">${lines}</pre>`;
}

function table(rows) {
  const columns = [...new Set(rows.flatMap((row) => cellsOf(row).map(({ key }) => key)))];
  const names = new Map(rows.flatMap((row) => cellsOf(row).map(({ key, column }) => [key, column])));
  const counted = rows.some(({ unit, start }) => unit === 'row' && start > 0);
  const named = [...names.values()].some((name) => name !== '');
  return html`<div class="view-table" role="group" tabindex="0" aria-label=${t('viewTable')}><table>
    ${named ? html`<thead><tr>${counted ? html`<th scope="col">#</th>` : nothing}
      ${columns.map((key) => html`<th scope="col">${names.get(key) || t('viewColumn', columns.indexOf(key) + 1)}</th>`)}</tr></thead>` : nothing}
    <tbody>${rows.map((row) => tableRow(row, columns, counted))}</tbody>
  </table></div>`;
}

function tableRow(row, columns, counted) {
  const cells = new Map(cellsOf(row).map((cell) => [cell.key, cell]));
  const whole = row.marks.length > 0 && ![...cells.values()].some((cell) => touches(row.marks, cell));
  const value = (cell) => (cell ? words(whole ? { ...row, marks: [{ start: cell.start, end: cell.end, kind: row.marks[0].kind }] } : row, cell.start, cell.end) : nothing);
  return html`<tr>${counted ? html`<th scope="row">${row.start}</th>` : nothing}${columns.map((key) => html`<td>${value(cells.get(key))}</td>`)}</tr>`;
}

function touches(marks, cell) {
  return marks.some(({ start, end }) => start < cell.end && cell.start < end);
}

/** The values of a row, each with a key of its own: a name may head two columns, and some have none. */
function cellsOf({ cells, text }) {
  if (cells.length === 0) return [{ key: '0', column: '', start: 0, end: text.length }];
  const seen = new Map();
  return cells.map((cell, i) => {
    const name = cell.column || `#${i}`;
    const times = seen.get(name) ?? 0;
    seen.set(name, times + 1);
    return { ...cell, key: JSON.stringify([name, times]) };
  });
}
