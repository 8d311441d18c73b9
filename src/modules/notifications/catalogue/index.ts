import { paymentSettled } from '#modules/budgets';
import { signUpCancelled } from '#modules/volunteering';
import { budgetNotices } from './budgets.notices.js';
import { contractAndProjectNotices } from './contracts.notices.js';
import { identityNotices } from './identity.notices.js';
import type { Notice } from './notice.js';
import { organizationNotices } from './organizations.notices.js';
import { procurementNotices } from './procurement.notices.js';
import { volunteeringNotices } from './volunteering.notices.js';

/** Every kind of event that concerns somebody. */
export const NOTICES: readonly Notice[] = [
  ...identityNotices,
  ...organizationNotices,
  ...budgetNotices,
  ...procurementNotices,
  ...contractAndProjectNotices,
  ...volunteeringNotices,
];

/** The other kinds, each with the reason why nobody is told. A test finds an event that is in neither list. */
export const NOBODY_IS_TOLD: ReadonlyMap<string, string> = new Map([
  [paymentSettled.type, 'contracts.milestone-paid.v1 follows from it and tells the same people'],
  [signUpCancelled.type, 'the person cancelled and saw the answer; who moves up is told by the promotion'],
]);
