import { html, nothing } from 'lit';
import { t } from '../../language.js';

const CONFIGURATION = 'zhiku:\n  generator:\n    backend: ollama\n    ollama: {model: "deepseek-r1:7b"}';

/** Says who wrote the answer: a language model, or nobody, since it is quoted. */
export function generatorLabel(generator) {
  return generator.ai_generated ? byModel(generator) : generator.backend === 'extractive' ? quoted() : nothing;
}

function byModel({ model }) {
  return html`<p class="generator" id="generator" data-ai="true">
    <strong class="badge badge-ai">${t('aiGenerated')}</strong> ${t('aiExplanation')} ${model ? t('byModel', model) : nothing}</p>`;
}

function quoted() {
  return html`<div class="generator" id="generator" data-ai="false">
    <strong class="badge">${t('extractive')}</strong>
    <details class="connect"><summary>${t('connectTitle')}</summary>
      <p>${t('connectExplanation')}</p>
      <ol>
        <li>${t('connectPull')}<pre><code>ollama pull deepseek-r1:7b</code></pre></li>
        <li>${t('connectConfigure')}<pre><code>${CONFIGURATION}</code></pre></li>
      </ol>
      <p>${t('connectVersions')}</p>
    </details></div>`;
}
