import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { organizationStage, organizationStatus } from './registry/organization.state.js';
import { untried, type Walls, WallTrier } from '../../../test/support/walls.js';
import {
  everyApprovedBodyHasAnAdministrator,
  everyRoleBelongsToAnOrganization,
} from './members/members.check.js';
import { everyFiscalHostIsARegisteredBody } from './registry/registry.check.js';

const OTHER_ID = { id: 'gen_random_uuid()' };
const OTHER_CODE = { credit_code: "'52999901MJ9999999' || right(r.credit_code, 1)" };

const WALLS: Walls[] = [
  {
    table: 'organizations.organization',
    of: "r.kind = 'private-non-enterprise'",
    copy: { ...OTHER_ID, ...OTHER_CODE },
    passes: [
      { name: "'两字'", purpose: "repeat('x', 2000)" },
      { name: "repeat('x', 120)", purpose: "'x'" },
      { credit_code: "'00' || right(r.credit_code, 16)" },
      { status: "'pending'", decided_by: 'NULL', decided_at: 'NULL' },
      { status: "'pending'", decided_by: 'r.registered_by' },
      { status: "'rejected'", decision_reason: "'原因'" },
      { status: "'suspended'", decision_reason: "repeat('x', 1000)" },
      { subclass: "'disabled-welfare'", claims_small_enterprise: 'true' },
      { kind: "'enterprise'", claims_small_enterprise: 'true' },
      { kind: "'sole-trader'", claims_small_enterprise: 'true' },
      { kind: "'state-organ'", decided_by: 'r.registered_by' },
    ],
    refused: [
      ['organization_pkey', { id: 'r.id' }],
      ['organization_credit_code_once', { credit_code: 'r.credit_code' }],
      ['organization_credit_code_form', { credit_code: 'lower(r.credit_code)' }],
      ['organization_credit_code_form', { credit_code: 'left(r.credit_code, 17)' }],
      ['organization_credit_code_form', { credit_code: "'52999901MJ999999IX'" }],
      ['organization_name_length', { name: "'一'" }],
      ['organization_name_length', { name: "repeat('x', 121)" }],
      ['organization_purpose_length', { purpose: "''" }],
      ['organization_purpose_length', { purpose: "repeat('x', 2001)" }],
      ['organization_area_known', { area_code: "'999999'" }],
      ['organization_class_known', { kind: "'guild'" }],
      ['organization_class_known', { subclass: "'prison'" }],
      ['organization_status_known', { status: "'asleep'" }],
      ['organization_registered_has_code', { credit_code: 'NULL' }],
      ['organization_group_is_unregistered', { kind: "'community-group'" }],
      ['organization_host_for_filed_groups', { fiscal_host_id: 'r.id' }],
      ['organization_decision_complete', { decided_by: 'NULL' }],
      ['organization_decision_complete', { decided_at: 'NULL' }],
      ['organization_refusal_explained', { status: "'rejected'" }],
      ['organization_refusal_explained', { status: "'suspended'" }],
      ['organization_reason_length', { decision_reason: "'一'" }],
      ['organization_reason_length', { decision_reason: "repeat('x', 1001)" }],
      ['organization_not_decided_by_registrant', { decided_by: 'r.registered_by' }],
      ['organization_small_enterprise_claim', { claims_small_enterprise: 'true' }],
    ],
  },
  {
    table: 'organizations.organization',
    of: "r.stage = 'filed'",
    copy: { ...OTHER_ID, filing_number: "'清湾2026-99'" },
    passes: [
      { filing_number: "repeat('x', 60)" },
      { filing_number: "'x'" },
      { filing_number: 'r.filing_number', area_code: "'999901002'" },
      { stage: "'spontaneous'", fiscal_host_id: 'NULL', filing_number: 'NULL', status: "'pending'" },
    ],
    refused: [
      ['organization_filing_once', { filing_number: 'r.filing_number' }],
      ['organization_filing_number_length', { filing_number: "''" }],
      ['organization_filing_number_length', { filing_number: "repeat('x', 61)" }],
      ['organization_filing_numbered', { filing_number: 'NULL' }],
      ['organization_host_known', { fiscal_host_id: 'gen_random_uuid()' }],
      ['organization_host_for_filed_groups', { fiscal_host_id: 'NULL' }],
      ['organization_host_for_filed_groups', { stage: "'spontaneous'" }],
      ['organization_stage_known', { stage: "'dissolved'", fiscal_host_id: 'NULL' }],
      [
        'organization_hosts_another',
        {
          id: "'0198c0de-0000-7000-8000-000000000001'",
          fiscal_host_id: "'0198c0de-0000-7000-8000-000000000001'",
        },
      ],
      ['organization_group_is_unregistered', { kind: "'social-group'" }],
    ],
  },
  {
    table: 'organizations.market_class',
    copy: { subclass: "'another'" },
    refused: [['market_class_pk', { subclass: 'r.subclass' }]],
  },
];

/** An approved agency, and a group of neighbours that it hosts. */
const ROWS = `
  INSERT INTO identity.area (code, name, level, parent_code, source) VALUES
    ('99', '示例省', 'province', NULL, 'test'), ('9999', '示例市', 'city', '99', 'test'),
    ('999901', '示例区', 'county', '9999', 'test'), ('999901001', '示例街道', 'street', '999901', 'test'),
    ('999901002', '另一街道', 'street', '999901', 'test');
  INSERT INTO organizations.organization (id, name, credit_code, kind, stage, status, area_code, purpose, fiscal_host_id,
    filing_number, registered_by, registered_at, decided_by, decided_at)
  VALUES
    ('0198c0de-0000-7000-8000-00000000000a', '示例机构', '52999901MJ00000011', 'private-non-enterprise', 'registered', 'approved',
      '999901', '为老人服务', NULL, NULL, 'registrant', now(), 'officer', now()),
    ('0198c0de-0000-7000-8000-00000000000b', '晚晴互助队', NULL, 'community-group', 'filed', 'approved',
      '999901001', '陪伴独居老人', '0198c0de-0000-7000-8000-00000000000a', '清湾2026-01', 'neighbour', now(), 'officer', now())`;

describe('what the tables of organizations refuse, whatever the code does', () => {
  let trier: WallTrier;
  beforeAll(async () => {
    trier = await WallTrier.on(ROWS);
  });
  afterAll(() => trier.end());

  it.each(WALLS.map((walls) => [`${walls.table} ${walls.of ?? ''}`.trim(), walls] as const))(
    '%s: each constraint refuses by itself, and what is at the edge passes',
    async (_name, walls) => {
      expect(await trier.deviations(walls)).toEqual([]);
    },
  );

  it('tries every constraint that there is', async () => {
    expect(untried(await trier.catalogue('organizations'), WALLS, [])).toEqual([]);
  });

  it.each<[string, { sql: string }, string]>([
    [
      'an approved body without an administrator',
      everyApprovedBodyHasAnAdministrator,
      "UPDATE identity.membership SET revoked_at = now(), revoked_by = 'x'",
    ],
    [
      'a role in an organization that is not there',
      everyRoleBelongsToAnOrganization,
      'UPDATE identity.membership SET organization_id = gen_random_uuid()',
    ],
    [
      'a fiscal host that is no registered body',
      everyFiscalHostIsARegisteredBody,
      `UPDATE organizations.organization SET fiscal_host_id = '0198c0de-0000-7000-8000-00000000000c' WHERE stage = 'filed';
       INSERT INTO organizations.organization (id, name, kind, stage, status, area_code, purpose, registered_by, registered_at)
       VALUES ('0198c0de-0000-7000-8000-00000000000c', '另一互助队', 'community-group', 'spontaneous', 'pending',
         '999901001', '互助', 'neighbour', now())`,
    ],
  ])('a nightly check finds %s, and nothing in sound data', async (_what, check, damage) => {
    const sound = `INSERT INTO identity.account (id, login, display_name, created_at, created_by)
        VALUES ('0198c0de-0000-7000-8000-000000000001', 'registrant', '测试人员', now(), 'test');
      INSERT INTO identity.membership (id, account_id, role, organization_id, valid_from, granted_by, granted_at)
      SELECT gen_random_uuid(), '0198c0de-0000-7000-8000-000000000001', 'organization-admin', id, '2026-03-02', 'test', now()
      FROM organizations.organization`;
    expect(await trier.findings(check, sound)).toEqual([]);
    expect(await trier.findings(check, `${sound}; ${damage}`)).not.toEqual([]);
  });

  it('knows these words and no others', async () => {
    expect(await trier.wordLists('organizations')).toEqual({
      organization_refusal_explained: ['rejected', 'suspended'],
      organization_small_enterprise_claim: ['enterprise', 'sole-trader'],
      organization_stage_known: [...organizationStage.states].sort(),
      organization_status_known: [...organizationStatus.states].sort(),
    });
  });

  it('leaves no other column empty than these', async () => {
    expect(await trier.nullable('organizations')).toEqual([
      'organization.credit_code',
      'organization.fiscal_host_id',
      'organization.filing_number',
      'organization.decided_by',
      'organization.decided_at',
      'organization.decision_reason',
    ]);
  });

  it('knows who may supply, who may buy and who is a small enterprise, as the law says', async () => {
    // 财政部令第102号 第五、六、八、三十三条; 财库〔2020〕46号: only what is named may do anything.
    const rows = await trier.rows(
      `SELECT array_agg(kind || ' ' || subclass ORDER BY kind, subclass) FILTER (WHERE may_supply) AS supply,
         array_agg(kind || ' ' || subclass ORDER BY kind, subclass) FILTER (WHERE may_buy) AS buy,
         array_agg(kind || ' ' || subclass ORDER BY kind, subclass) FILTER (WHERE small_enterprise) AS small,
         array_agg(kind || ' ' || subclass ORDER BY kind, subclass) FILTER (WHERE NOT may_supply AND NOT may_buy) AS neither
       FROM organizations.market_class`,
    );
    expect(rows).toEqual([
      {
        supply: [
          'enterprise disabled-welfare',
          'enterprise none',
          'enterprise prison',
          'farmers-cooperative none',
          'foundation none',
          'mass-organization other',
          'private-non-enterprise disabled-welfare',
          'private-non-enterprise none',
          'public-institution category-2',
          'public-institution commercial',
          'residents-committee none',
          'social-group none',
          'sole-trader none',
          'village-committee none',
        ],
        buy: ['mass-organization administrative', 'state-organ none'],
        small: [
          'enterprise disabled-welfare',
          'enterprise none',
          'enterprise prison',
          'private-non-enterprise disabled-welfare',
          'sole-trader none',
        ],
        neither: [
          'community-group none',
          'mass-organization fiscally-staffed',
          'other none',
          'public-institution category-1',
        ],
      },
    ]);
  });

  it('lets the product change nothing in what the law says of the classes', async () => {
    const rights = await trier.rows(
      `SELECT privilege AS right FROM unnest(ARRAY['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE']) AS p (privilege)
       WHERE has_table_privilege('linqiao_app', 'organizations.market_class', privilege)`,
    );
    expect(rights).toEqual([{ right: 'SELECT' }]);
  });
});
