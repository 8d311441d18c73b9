export const procurement = 'procurement';
