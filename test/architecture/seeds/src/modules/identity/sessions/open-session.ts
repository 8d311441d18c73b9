export const openSession = 'open-session';
