export const grantRole = 'grant-role';
