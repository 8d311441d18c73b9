import { defineConstraints } from '#platform';
import { organizationErrors } from './organizations.errors.js';

defineConstraints('organizations', {
  organization_credit_code_once: () => organizationErrors.creditCodeTaken(),
  organization_filing_once: () => organizationErrors.filingNumberTaken(),
});
