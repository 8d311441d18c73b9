/** The front door of procurement. */
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
