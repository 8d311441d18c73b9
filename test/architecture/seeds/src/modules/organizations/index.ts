export const organizations = 'organizations';
