import { defineStates } from '#platform';

/**
 * The life of one e-mail. `sending` is committed before the dialogue with the mail server begins, so a crash
 * can never look like "not yet tried": what is found in `sending` later may have arrived, and only a person
 * decides to send it again.
 */
export const emailStates = defineStates({
  name: 'email',
  initial: 'queued',
  transitions: [
    { from: 'queued', by: 'begin', to: 'sending' },
    { from: 'queued', by: 'switch-off', to: 'switched-off' },
    { from: 'queued', by: 'refuse', to: 'failed' },
    // The server's answer may come after another worker gave this attempt up for lost, and even after the
    // operator asked for another one: then that one is saved.
    { from: ['sending', 'uncertain', 'queued'], by: 'deliver', to: 'sent' },
    { from: ['sending', 'uncertain'], by: 'fail', to: 'failed' },
    { from: 'sending', by: 'defer', to: 'queued' },
    { from: 'sending', by: 'lose', to: 'uncertain' },
    { from: ['uncertain', 'failed'], by: 'resend', to: 'queued' },
    { from: ['uncertain', 'failed'], by: 'dismiss', to: 'dismissed' },
  ],
});

export type EmailState = (typeof emailStates)['states'][number];
export type EmailAction = (typeof emailStates)['transitions'][number]['by'];
