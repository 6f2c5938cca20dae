import { html, nothing } from 'lit';
import { t } from '../../language.js';

/** Says who wrote the answer: a language model, or nobody, since it is quoted. */
export function generatorLabel(generator) {
  return generator.ai_generated ? byModel(generator) : generator.backend === 'extractive' ? quoted() : nothing;
}

/** Stands above all that the model says alone, from its first word on: that no document was looked into. */
export function chatLabel({ text }) {
  return html`<p class="chat-label" data-mode="chat">
    <strong class="badge badge-chat">${t('chatLabel')}</strong>
    ${text ? html`<strong class="badge badge-ai">${t('aiGenerated')}</strong> <span>${t('chatExplanation')}</span>` : nothing}</p>`;
}

function byModel({ model }) {
  return html`<p class="generator" data-ai="true">
    <strong class="badge badge-ai">${t('aiGenerated')}</strong> ${t('aiExplanation')} ${model ? t('byModel', model) : nothing}</p>`;
}

function quoted() {
  return html`<div class="generator" id="generator" data-ai="false">
    <strong class="badge">${t('extractive')}</strong>
    <details class="connect"><summary>${t('connectTitle')}</summary>
      <p>${t('connectExplanation')}</p>
    </details></div>`;
}
