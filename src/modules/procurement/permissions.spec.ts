import { describe, expect, it } from '@jest/globals';
import { permissionCatalogue } from '#libs/kernel';
import './awarding/awarding.permissions.js';
import './bidding/bidding.permissions.js';
import './evaluating/evaluating.permissions.js';
import './planning/planning.permissions.js';
import './tendering/tendering.permissions.js';

/** Who may ever do what. The access table of the routes asks the doors; this asks the list itself. */
const HOLDERS = {
  'procurement:view': ['purchaser', 'approver', 'finance', 'civil-affairs', 'supervisor', 'auditor'],
  'procurement:plan': ['purchaser'],
  'procurement:draft': ['purchaser'],
  'procurement:approve': ['approver'],
  'procurement:publish': ['purchaser'],
  'procurement:cancel': ['approver'],
  'procurement:bid': ['organization-admin', 'organization-staff'],
  'procurement:overseeBids': ['purchaser', 'approver', 'supervisor', 'auditor'],
  'procurement:viewBids': ['purchaser', 'approver', 'evaluator', 'supervisor', 'auditor'],
  'procurement:appoint': ['purchaser'],
  'procurement:qualify': ['purchaser'],
  'procurement:evaluate': ['evaluator'],
  'procurement:award': ['approver'],
};

describe('the permissions of procurement', () => {
  it('are held by these roles and no others', () => {
    const declared = [...permissionCatalogue()].filter(([name]) => name.startsWith('procurement:'));
    expect(Object.fromEntries(declared.map(([name, { roles }]) => [name, [...roles].sort()]))).toEqual(
      Object.fromEntries(Object.entries(HOLDERS).map(([name, roles]) => [name, [...roles].sort()])),
    );
  });

  it('keep the duties apart: nobody drafts and approves, evaluates and awards, or bids and decides, by one role', () => {
    const apart = [
      ['draft', 'approve'],
      ['draft', 'evaluate'],
      ['draft', 'award'],
      ['evaluate', 'award'],
      ['appoint', 'evaluate'],
      ['qualify', 'award'],
      ['bid', 'evaluate'],
      ['bid', 'award'],
      ['bid', 'overseeBids'],
      ['evaluate', 'overseeBids'],
    ] as const;
    const rolesOf = (name: string) => permissionCatalogue().get(`procurement:${name}`)?.roles ?? [];
    for (const [one, other] of apart) {
      expect(rolesOf(one)).not.toHaveLength(0);
      expect([one, other, rolesOf(one).filter((role) => rolesOf(other).includes(role))]).toEqual([
        one,
        other,
        [],
      ]);
    }
  });
});
