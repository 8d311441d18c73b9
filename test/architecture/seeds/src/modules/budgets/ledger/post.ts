export const post = 'post';
