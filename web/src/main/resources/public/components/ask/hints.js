// What is said below the box before anything was asked.
import { html, nothing } from 'lit';
import { t } from '../../language.js';
import { route } from '../../route.js';
import { statusFeed } from '../../status-feed.js';
import '../suggestions/suggestions.js';

export function hints(mode) {
  return html`<p class="ask-hint">${t(mode === 'chat' ? 'chatHint' : 'askHint')}<br>${t('askKeys')}</p>
    ${mode === 'chat' ? modelState() : html`${readiness()}<zk-suggestions></zk-suggestions>`}`;
}

function readiness() {
  const { status } = statusFeed;
  if (!status) return nothing;
  if (status.files.total === 0) {
    return html`<p class="notice" id="nothing-indexed">${t('askNothingIndexed')}
      <a href=${route.link({ view: 'documents' })} @click=${route.follow}>${t('askUpload')}</a></p>`;
  }
  return status.files.pending > 0 ? html`<p class="ask-hint">${t('askStillIndexing', status.files.pending)}</p>` : nothing;
}

/** Nobody stands in for the model here, so that it is missing is said before a question is written. */
function modelState() {
  const generator = statusFeed.status?.generator;
  if (!generator) return nothing;
  const trouble = generator.backend === 'extractive' ? t('chatNoModel') : generator.ready ? '' : generator.detail;
  return trouble ? html`<p class="notice notice-warn" id="model-state">${trouble}</p>` : nothing;
}
