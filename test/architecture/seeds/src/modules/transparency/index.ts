export const transparency = 'transparency';
