/** Task name: part of the key of every waiting task, so it never changes. */
export const SEND_EMAIL = 'notifications.send-email';
