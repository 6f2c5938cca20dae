import { html } from 'lit';
import { t } from '../../language.js';

const ROLES = ['reader', 'uploader', 'admin', 'auditor'];

/** The field of a form in which a role is chosen. */
export function roleChoice() {
  return html`<label>${t('role')}<select name="role">${ROLES.map((role) => html`<option value=${role}>${t(`role_${role}`)}: ${t(`roleMay_${role}`)}</option>`)}</select></label>`;
}
