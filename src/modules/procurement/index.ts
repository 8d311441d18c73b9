/** The front door of procurement. */
export { importIntentions } from './cli/import-intentions.js';
export { ImportPlan } from './application/import-plan.js';
export { type AwardView, ProcurementApi, type TenderView } from './procurement.api.js';
export {
  bidLost,
  bidsOpened,
  evaluationCompleted,
  evaluatorAppointed,
  intentionPublished,
  tenderAwarded,
  tenderCancelled,
  tenderFailed,
  tenderPublished,
} from './procurement.events.js';
export { ProcurementModule } from './procurement.module.js';
export { procurementPermissions } from './procurement.permissions.js';
