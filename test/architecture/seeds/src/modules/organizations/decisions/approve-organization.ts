export const approveOrganization = 'approve-organization';
