export const endMember = 'end-member';
