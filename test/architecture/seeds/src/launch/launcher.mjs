export const launcher = 'launcher';
