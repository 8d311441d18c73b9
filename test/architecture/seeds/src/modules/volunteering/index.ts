export const volunteering = 'volunteering';
