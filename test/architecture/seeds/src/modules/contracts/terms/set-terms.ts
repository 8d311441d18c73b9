export const setTerms = 'set terms';
