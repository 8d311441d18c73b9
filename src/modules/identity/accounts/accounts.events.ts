import { defineEvent } from '#libs/kernel';

/** Somebody can sign in from now on. */
export const accountCreated = defineEvent<{ accountId: string }>('identity.account-created.v1');
