// What a model wrote, as nodes of the page. Each kind of token has its element here; whatever else a text holds is shown as text.
import { html, nothing } from 'lit';
import { guard } from 'lit/directives/guard.js';
import { until } from 'lit/directives/until.js';
import { safeOriginal } from '../../api.js';
import { copyText } from '../../clipboard.js';
import { coloured, coloursReady, loadColours } from '../../code-colours.js';
import { formulasReady, loadFormulas, mathNode } from '../../formula.js';
import { t } from '../../language.js';
import { wordsOf } from '../../markdown.js';

/** Blocks from tokens; `known` holds the numbers that are citations, which `citation` renders; any other number stays text. */
export function written(tokens, known, citation) {
  const place = { known, citation, depths: new Set() };
  return tokens.map((token) => block(token, place));
}

function block(token, place) {
  switch (token.type) {
    case 'space':
      return nothing;
    case 'paragraph':
      return html`<p>${line(token.tokens, place)}</p>`;
    case 'heading':
      return heading(level(token.depth, place.depths), line(token.tokens, place));
    case 'list':
      return list(token, place);
    case 'blockquote':
      return html`<blockquote>${token.tokens.map((inner) => block(inner, place))}</blockquote>`;
    case 'code':
      return code(token);
    case 'table':
      return table(token, place);
    case 'hr':
      return html`<hr>`;
    case 'formula':
      return html`<div class="formula-block" tabindex="0">${formula(token.source, true)}</div>`;
    case 'html':
      return html`<p>${token.raw.trim()}</p>`;
    default:
      return line([token], place);
  }
}

/** Below the question, which is the second level, and without a gap: by the depths that stood above, whatever number the model began with. */
function level(depth, depths) {
  depths.add(depth);
  return 2 + [...depths].filter((above) => above <= depth).length;
}

function heading(rank, content) {
  if (rank === 3) return html`<h3>${content}</h3>`;
  if (rank === 4) return html`<h4>${content}</h4>`;
  if (rank === 5) return html`<h5>${content}</h5>`;
  return html`<h6>${content}</h6>`;
}

function list({ ordered, start, items }, place) {
  const entries = items.map((item) => html`<li>${item.tokens.map((token) => block(token, place))}</li>`);
  return ordered ? html`<ol start=${start === 1 ? nothing : start}>${entries}</ol>` : html`<ul>${entries}</ul>`;
}

function table({ header, rows }, place) {
  const cell = ({ align, tokens }) => html`<td data-align=${align ?? nothing}>${line(tokens, place)}</td>`;
  return html`<div class="written-table" tabindex="0" role="group" aria-label=${t('table')}><table>
    <thead><tr>${header.map(({ align, tokens }) => html`<th scope="col" data-align=${align ?? nothing}>${line(tokens, place)}</th>`)}</tr></thead>
    <tbody>${rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}</tbody></table></div>`;
}

function code({ text, lang }) {
  const language = /^[\w+#.-]{1,30}/.exec(lang ?? '')?.[0] ?? '';
  return html`<figure class="code">
    <figcaption><span>${language || t('code')}</span>
      <button class="button button-small button-quiet" type="button" data-action="copy-code" @click=${(event) => copyCode(event, text)}>${t('copy')}</button></figcaption>
    <pre tabindex="0"><code>${coloursReady() || !language ? spans(coloured(text, language.toLowerCase())) : whenLoaded(text, language)}</code></pre>
  </figure>`;
}

function whenLoaded(text, language) {
  return until(
    loadColours().then(() => spans(coloured(text, language.toLowerCase())), () => text),
    text,
  );
}

function spans(parts) {
  return parts.map((part) => (typeof part === 'string' ? part : html`<span data-code=${part.kind}>${spans(part.children)}</span>`));
}

async function copyCode(event, text) {
  const button = event.currentTarget;
  const done = await copyText(text);
  button.textContent = t(done ? 'copied' : 'copyFailed');
  setTimeout(() => (button.textContent = t('copy')), 2_000);
}

/** MathML where it can be read, else the source as it was written. */
function formula(text, display) {
  const source = text.replaceAll('[?]', '').trim(); // the mark of the service is no part of a formula
  const show = () => mathNode(source, display) ?? html`<code>${source}</code>`;
  const waiting = html`<code>${source}</code>`;
  return guard([source, display, formulasReady()], () => (formulasReady() ? show() : until(loadFormulas().then(show, () => waiting), waiting)));
}

/** Words and marks. What stands before `[?]`, back to the end of the sentence before, is what was not found in the passages. */
function line(tokens, place) {
  const shown = [];
  let sentence = [];
  for (const token of tokens) {
    if (token.type === 'unproved') {
      shown.push(unproved(withoutLastBlank(sentence).map((part) => inline(part, place))));
      sentence = [];
    } else {
      const [ended, rest] = cutAtSentence(token);
      if (ended) {
        shown.push(...[...sentence, ended].map((part) => inline(part, place)));
        sentence = [];
      }
      if (rest) sentence.push(rest);
    }
  }
  return [...shown, ...sentence.map((part) => inline(part, place))];
}

/** Where a formula or code stands before the mark, a blank is the last token. */
function withoutLastBlank(tokens) {
  const last = tokens.at(-1);
  if (last?.type !== 'text' || last.tokens) return tokens;
  const text = last.text.trimEnd();
  return text === '' ? tokens.slice(0, -1) : [...tokens.slice(0, -1), { ...last, text }];
}

/** A token cut behind the last sentence that ends in it: what belongs to sentences before, and what begins the next one. */
function cutAtSentence(token) {
  if (token.type === 'br') return [token, null];
  if (token.type !== 'text' || token.tokens) return [null, token];
  const end = /^[\s\S]*(?:[。！？!?；;]+[”’」』）)]*|\.\s)(?=[\s\S])/.exec(token.text)?.[0].length ?? 0;
  if (end === 0) return [null, token];
  return [{ ...token, text: token.text.slice(0, end) }, { ...token, text: token.text.slice(end) }];
}

function unproved(content) {
  return html`<span class="unproved">${content}</span><button class="unproved-mark" type="button" aria-expanded="false"
    aria-label=${t('unprovedLabel')} title=${t('unproved')} @click=${explain}>?</button><span class="unproved-note" hidden>${t('unproved')}</span>`;
}

function explain({ currentTarget: mark }) {
  const note = mark.nextElementSibling;
  note.hidden = !note.hidden;
  mark.setAttribute('aria-expanded', String(!note.hidden));
}

function inline(token, place) {
  const inner = () => line(token.tokens, place);
  switch (token.type) {
    case 'text':
      return token.tokens ? inner() : wordsOf(token);
    case 'strong':
      return html`<strong>${inner()}</strong>`;
    case 'em':
      return html`<em>${inner()}</em>`;
    case 'del':
      return html`<del>${inner()}</del>`;
    case 'codespan':
      return html`<code>${token.text}</code>`;
    case 'br':
      return html`<br>`;
    case 'formula':
      return formula(token.source, token.display);
    case 'citation':
      return token.numbers.some((number) => place.known.has(number))
        ? token.numbers.map((number) => (place.known.has(number) ? place.citation(number) : `[${number}]`))
        : token.raw;
    case 'checkbox':
      return token.checked ? '☑ ' : '☐ ';
    case 'escape':
      return token.text;
    case 'link':
      return link(token, inner());
    default:
      return token.raw ?? '';
  }
}

/** Links lead to documents of this service alone; of any other the words and the address are shown. */
function link({ href, text }, content) {
  const original = safeOriginal(href);
  if (original) return html`<a href=${original} target="_blank" rel="noopener noreferrer">${content}</a>`;
  return href === text || href === `mailto:${text}` ? content : html`${content} <span class="written-address">(${href})</span>`;
}
