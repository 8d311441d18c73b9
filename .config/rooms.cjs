/**
 * The rooms of the modules that have more than one, lowest first: a room may use those before it. A module that is not
 * listed is one room. Read by dependency-cruiser.cjs (the rules) and test/architecture/module-graph.mjs (the picture).
 */
module.exports = {
  identity: ['areas', 'accounts', 'roles', 'sessions'],
  organizations: ['registry', 'decisions', 'members'],
  budgets: ['ledger', 'lines', 'commitments', 'payments', 'treasury', 'settlement'],
  procurement: ['planning', 'importing', 'tendering', 'bidding', 'evaluating', 'awarding'],
  contracts: ['terms', 'signing', 'delivery', 'payment'],
  volunteering: ['people', 'shifts', 'seats', 'attendance', 'hours'],
};
