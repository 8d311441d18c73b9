/** The front door of procurement. */
export { awardingPermissions } from './awarding/awarding.permissions.js';
export { bidLost, tenderAwarded } from './awarding/awarding.events.js';
export { bidsOpened } from './bidding/bidding.events.js';
export { biddingPermissions } from './bidding/bidding.permissions.js';
export { evaluationCompleted, evaluatorAppointed } from './evaluating/evaluating.events.js';
export { evaluatingPermissions } from './evaluating/evaluating.permissions.js';
export { importIntentions } from './importing/import-intentions.js';
export { ImportPlan } from './importing/import-plan.js';
export { intentionPublished } from './planning/planning.events.js';
export { planningPermissions } from './planning/planning.permissions.js';
export { type AwardView, ProcurementApi, type TenderSummary } from './procurement.api.js';
export { ProcurementModule } from './procurement.module.js';
export { tenderCancelled, tenderFailed, tenderPublished } from './tendering/tendering.events.js';
export { tenderingPermissions } from './tendering/tendering.permissions.js';
