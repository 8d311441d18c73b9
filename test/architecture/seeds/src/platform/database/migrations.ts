export const grantModule = 'grant';
