import { describe, expect, it } from '@jest/globals';
import 'reflect-metadata';
import { creditCodeCheckCharacter, type StateMachine } from '#libs/kernel';
import type { MarketClass } from './market-class.js';
import { Organization } from './organization.entity.js';
import { organizationObject } from './organization.object.js';
import { type organizationStage, organizationStatus } from './organization.state.js';

const now = new Date('2026-03-02T01:00:00Z');
const codeOf = (prefix: string) => {
  const first17 = `${prefix}330106MJ0000001`;
  return first17 + creditCodeCheckCharacter(first17);
};
const agencyClass: MarketClass = {
  kind: 'private-non-enterprise',
  subclass: 'none',
  maySupply: true,
  mayBuy: false,
  smallEnterprise: false,
};
const agency = (claimsSmallEnterprise = false) =>
  Organization.registered(
    {
      name: ' 示例社工服务中心 ',
      creditCode: codeOf('52'),
      areaCode: '999901',
      purpose: '助老',
      claimsSmallEnterprise,
    },
    agencyClass,
    now,
    'registrant',
  );
const group = (areaCode = '999901001001') =>
  Organization.gathered({ name: '示例互助队', areaCode, purpose: '陪伴独居老人' }, now, 'neighbour');
/** As the register does: the state tables move the states, then comes the rule. */
const act = (
  organization: Organization,
  action: (typeof organizationStatus.actions)[number] | (typeof organizationStage.actions)[number],
  rule: (organization: Organization) => void,
) => {
  for (const [property, machine] of Object.entries<StateMachine>(organizationObject.machines)) {
    if (!machine.actions.includes(action)) continue;
    const states = organization as unknown as Record<string, string>;
    states[property] = machine.next(states[property] ?? '', action);
  }
  rule(organization);
};
const decided = (
  organization: Organization,
  action: 'approve' | 'reject' | 'suspend' | 'reinstate',
  { by = 'officer', at = now, reason }: { by?: string; at?: Date; reason?: string } = {},
) => {
  act(organization, action, (moved) => {
    moved.decide(by, at, reason);
  });
};
const corrected = (organization: Organization) => {
  act(organization, 'resubmit', (moved) => {
    moved.correct({ name: '示例服务中心', purpose: '助老助残' });
  });
};
const approvedAgency = () => {
  const host = agency();
  decided(host, 'approve');
  return host;
};
const file = (target: Organization, host = approvedAgency(), by = 'officer', hostMaySupply = true) => {
  target.mustBeUnfiled();
  act(target, 'file', (moved) => {
    moved.file({ host, hostMaySupply, filingNumber: ' B-2026-01 ', by, at: now });
  });
};
const incorporate = (target: Organization, creditCode: string) => {
  target.mustBeFiled();
  act(target, 'incorporate', (moved) => {
    moved.incorporate(creditCode);
  });
};

describe('an organization', () => {
  it('takes its code as typed and waits for a decision', () => {
    const spaced = Organization.registered(
      {
        name: 'x',
        creditCode: `${codeOf('52').slice(0, 8)} ${codeOf('52').slice(8).toLowerCase()}`,
        areaCode: '99',
        purpose: 'y',
        claimsSmallEnterprise: false,
      },
      agencyClass,
      now,
      'registrant',
    );
    expect(spaced).toMatchObject({ creditCode: codeOf('52'), status: 'pending', stage: 'registered' });
    expect(agency().name).toBe('示例社工服务中心');
  });

  it('claims the small-enterprise preference only in a class that has it', () => {
    expect(() => agency(true)).toThrow(
      expect.objectContaining({ code: 'organizations.small-enterprise-not-entitled' }),
    );
    const enterprise = Organization.registered(
      { name: 'x', creditCode: codeOf('91'), areaCode: '99', purpose: 'y', claimsSmallEnterprise: true },
      { ...agencyClass, kind: 'enterprise', smallEnterprise: true },
      now,
      'registrant',
    );
    expect(enterprise.claimsSmallEnterprise).toBe(true);
  });

  it('is not decided on by who registered it', () => {
    expect(() => {
      decided(agency(), 'approve', { by: 'registrant' });
    }).toThrow(expect.objectContaining({ code: 'organizations.decided-by-registrant' }));
    expect(() => {
      file(group(), approvedAgency(), 'neighbour');
    }).toThrow(expect.objectContaining({ code: 'organizations.decided-by-registrant' }));
  });

  it('keeps who decided and when, and forgets nothing but the reason when it asks again', () => {
    const one = agency();
    expect([one.decidedBy, one.decidedAt]).toEqual([null, null]);
    decided(one, 'reject', { reason: '材料不全' });
    expect([one.decidedBy, one.decidedAt]).toEqual(['officer', now]);
    corrected(one);
    expect(one).toMatchObject({ status: 'pending', decisionReason: null, decidedBy: 'officer' });
    const later = new Date(now.getTime() + 1);
    decided(one, 'approve', { by: 'another', at: later });
    expect([one.decidedBy, one.decidedAt]).toEqual(['another', later]);
  });

  it.each([
    ['pending', ['approve', 'reject', 'file']],
    ['approved', ['suspend']],
    ['rejected', ['resubmit']],
    ['suspended', ['reinstate']],
  ] as const)('that is %s can only be moved by %j', (status, actions) => {
    const all = organizationStatus.transitions.map(({ by }) => by);
    expect(all.filter((action) => organizationStatus.allows(status, action))).toEqual(actions);
  });

  it('follows its table of states, and a reason stays as long as its decision', () => {
    const one = agency();
    decided(one, 'reject', { reason: '材料不全' });
    expect(one).toMatchObject({ status: 'rejected', decisionReason: '材料不全' });
    corrected(one);
    decided(one, 'approve');
    decided(one, 'suspend', { reason: '年报逾期' });
    expect(one).toMatchObject({ status: 'suspended', decisionReason: '年报逾期' });
    decided(one, 'reinstate');
    expect(one).toMatchObject({ status: 'approved', decisionReason: null });
    expect(() => {
      decided(one, 'approve');
    }).toThrow(expect.objectContaining({ code: 'state.wrong-state' }));
    expect(organizationStatus.states).toEqual(['pending', 'approved', 'rejected', 'suspended']);
  });
});

describe('a group of residents', () => {
  it('is filed with a host and later becomes a body of its own', () => {
    const host = approvedAgency();
    const neighbours = group();
    file(neighbours, host);
    expect(neighbours).toMatchObject({
      stage: 'filed',
      status: 'approved',
      fiscalHostId: host.id,
      filingNumber: 'B-2026-01',
    });
    expect(() => {
      file(neighbours);
    }).toThrow(expect.objectContaining({ code: 'organizations.already-filed' }));
    expect(() => {
      neighbours.incorporate(codeOf('91'));
    }).toThrow(expect.objectContaining({ code: 'organizations.registration-code-wrong-kind' }));
    incorporate(neighbours, codeOf('51'));
    expect(neighbours).toMatchObject({ stage: 'registered', kind: 'social-group', fiscalHostId: null });
  });

  it('is not filed above the street, nor with a host that cannot be paid', () => {
    expect(() => {
      file(group('999901'));
    }).toThrow(expect.objectContaining({ code: 'organizations.not-filed-in-street' }));
    const suspended = approvedAgency();
    decided(suspended, 'suspend', { reason: '年报逾期' });
    for (const host of [agency(), group(), suspended]) {
      expect(() => {
        file(group(), host);
      }).toThrow(expect.objectContaining({ code: 'organizations.host-not-suitable' }));
    }
  });

  it('is filed by a street or a community, with a host whose class may supply', () => {
    for (const areaCode of ['999901001', '999901001001']) file(group(areaCode));
    expect(() => {
      file(group(), approvedAgency(), 'officer', false);
    }).toThrow(expect.objectContaining({ code: 'organizations.host-not-suitable' }));
  });

  it('cannot skip the filing', () => {
    expect(() => {
      incorporate(group(), codeOf('52'));
    }).toThrow(expect.objectContaining({ code: 'organizations.not-filed' }));
  });
});
