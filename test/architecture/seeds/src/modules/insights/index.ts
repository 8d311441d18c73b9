export const insights = 'insights';
