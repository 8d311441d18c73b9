export const community = 'community';
