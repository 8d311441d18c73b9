export { ContractsApi, type ContractSummary } from './contracts.api.js';
export {
  contractCompleted,
  contractDrafted,
  contractSigned,
  milestoneAccepted,
  milestoneDelivered,
  milestonePaid,
  milestoneRejected,
} from './contracts.events.js';
export { ContractsModule } from './contracts.module.js';
export { contractPermissions } from './contracts.permissions.js';
