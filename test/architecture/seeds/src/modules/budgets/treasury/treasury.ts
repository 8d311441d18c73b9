export const treasury = 'treasury';
