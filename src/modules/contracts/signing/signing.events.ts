import { defineEvent } from '#libs/kernel';

/** Both parties have signed; the contract binds from now on. */
export const contractSigned = defineEvent<{
  contractId: string;
  awardId: string;
  supplierOrganizationId: string;
  areaCode: string;
  startsOn: string;
  endsOn: string;
}>('contracts.contract-signed.v1');
