export const projects = 'projects';
