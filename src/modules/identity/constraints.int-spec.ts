import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { AREA_ROLES, ORGANIZATION_ROLES } from '#libs/kernel';
import { untried, type Walls, WallTrier } from '../../../test/support/walls.js';
import { everyAccountHasAPassword } from './accounts/accounts.check.js';
import { everyAreaLiesInItsParent } from './areas/areas.check.js';
import { nobodyGrantedThemselvesARole } from './roles/roles.check.js';

const OTHER_ID = { id: 'gen_random_uuid()' };
const WITHOUT_PASSWORD = `(SELECT a.id FROM identity.account a WHERE a.login = 'nobody-yet')`;

const areas: Walls[] = [
  {
    table: 'identity.area',
    of: "r.level = 'community'",
    copy: { code: "r.parent_code || '399'" },
    passes: [
      { name: "repeat('x', 100)", source: "repeat('x', 300)" },
      { valid_from: "'2020-01-01'", valid_to: "'2020-01-02'" },
      { valid_to: "'2020-01-02'", successor_code: 'r.code' },
      { name: "'x'", source: "'x'" },
      { code: "'98'", level: "'province'", parent_code: 'NULL' },
      { code: "'11'", level: "'province'", parent_code: 'NULL' },
      { code: "'9998'", level: "'city'", parent_code: "'99'" },
      { code: "'999998'", level: "'county'", parent_code: "'9999'" },
      { code: "'999901998'", level: "'street'", parent_code: "'999901'" },
    ],
    refused: [
      ['area_pkey', { code: 'r.code' }],
      ['area_code_form', { code: "'09'", level: "'province'", parent_code: 'NULL' }],
      ['area_code_form', { code: "'9x'", level: "'province'", parent_code: 'NULL' }],
      ['area_name_length', { name: "''" }],
      ['area_name_length', { name: "repeat('x', 101)" }],
      ['area_level_fits_code', { level: "'street'" }],
      ['area_level_fits_code', { code: "r.parent_code || '39'" }],
      ['area_level_known', { level: "'hamlet'" }],
      ['area_parent_known', { code: "'999999999399'", parent_code: "'999999999'" }],
      ['area_parent_is_prefix', { parent_code: 'NULL' }],
      ['area_parent_is_prefix', { parent_code: "'999901002'" }],
      ['area_parent_is_prefix', { parent_code: "r.parent_code || '399'" }],
      ['area_parent_is_prefix', { code: "'98'", level: "'province'", parent_code: "'99'" }],
      ['area_validity_ordered', { valid_from: "'2020-01-01'", valid_to: "'2020-01-01'" }],
      ['area_successor_known', { valid_to: "'2020-01-02'", successor_code: "'123456'" }],
      ['area_successor_after_end', { successor_code: 'r.code' }],
      ['area_successor_after_end', { valid_to: "'2020-01-02'", successor_code: "r.parent_code || '399'" }],
      ['area_source_named', { source: "''" }],
      ['area_source_named', { source: "repeat('x', 301)" }],
    ],
  },
];

const people: Walls[] = [
  {
    table: 'identity.account',
    of: "r.login = 'somebody'",
    copy: { ...OTHER_ID, login: "'another.login'" },
    passes: [
      { login: "'abc'", display_name: "repeat('x', 60)", email: "'a@b'" },
      { login: "repeat('x', 64)", phone: "'13800138000'", display_name: "'x'", email: "repeat('x', 254)" },
      { phone: "'19900000000'", locale: "'en'", status: "'closed'" },
    ],
    refused: [
      ['account_pkey', { id: 'r.id' }],
      ['account_login_once', { login: 'r.login' }],
      ['account_login_form', { login: "'ab'" }],
      ['account_login_form', { login: "repeat('x', 65)" }],
      ['account_login_form', { login: "'Another.login'" }],
      ['account_display_name_length', { display_name: "''" }],
      ['account_display_name_length', { display_name: "repeat('x', 61)" }],
      ['account_email_length', { email: "'a@'" }],
      ['account_email_length', { email: "repeat('x', 255)" }],
      ['account_phone_form', { phone: "'12800138000'" }],
      ['account_phone_form', { phone: "'1380013800'" }],
      ['account_phone_form', { phone: "'138001380000'" }],
      ['account_locale_known', { locale: "'fr'" }],
      ['account_status_known', { status: "'asleep'" }],
    ],
  },
  {
    table: 'identity.password',
    copy: { account_id: WITHOUT_PASSWORD },
    refused: [
      ['password_pkey', { account_id: 'r.account_id' }],
      ['password_account_known', { account_id: 'gen_random_uuid()' }],
      ['password_is_argon2id', { hash: "'a long phrase in clear'" }],
      ['password_is_argon2id', { hash: "replace(r.hash, '$argon2id$', '$argon2i$')" }],
    ],
  },
  {
    table: 'identity.session',
    copy: { ...OTHER_ID, token_hash: "sha256('another')" },
    passes: [{ user_agent: "repeat('x', 200)" }, { expires_at: "r.created_at + interval '1 microsecond'" }],
    refused: [
      ['session_pkey', { id: 'r.id' }],
      ['session_token_once', { token_hash: 'r.token_hash' }],
      ['session_token_is_sha256', { token_hash: "'\\x00'" }],
      ['session_account_known', { account_id: 'gen_random_uuid()' }],
      ['session_user_agent_length', { user_agent: "repeat('x', 201)" }],
      ['session_expires_later', { expires_at: 'r.created_at' }],
    ],
  },
  {
    table: 'identity.login_failure',
    copy: { login_hash: "sha256('another')" },
    refused: [
      ['login_failure_pkey', { login_hash: 'r.login_hash' }],
      ['login_failure_hash_is_sha256', { login_hash: "'nobody'" }],
      ['login_failure_count_positive', { failures: '0' }],
    ],
  },
  {
    table: 'identity.rate_limit',
    copy: { key: "'another'" },
    refused: [['rate_limit_pkey', { key: 'r.key' }]],
  },
];

const roles: Walls[] = [
  {
    table: 'identity.membership',
    of: "r.role = 'acceptor'",
    copy: { ...OTHER_ID, role: "'finance'" },
    passes: [
      // The same role in another place, at another time, and again after it was taken back.
      { role: 'r.role', area_code: "'999901002'" },
      { role: 'r.role', valid_from: 'r.valid_to', valid_to: 'NULL' },
      { role: 'r.role', valid_from: 'r.valid_from - 30', valid_to: 'r.valid_from' },
      { role: 'r.role', revoked_at: 'now()', revoked_by: "'x'" },
      { role: "'organization-staff'", area_code: 'NULL', organization_id: 'gen_random_uuid()' },
      { valid_to: 'r.valid_from + 1' },
      { reason: "repeat('x', 500)" },
      { revoked_at: 'now()', revoked_by: "'x'", revoke_reason: "repeat('x', 500)" },
    ],
    refused: [
      ['membership_pkey', { id: 'r.id' }],
      ['membership_account_known', { account_id: 'gen_random_uuid()' }],
      ['membership_area_known', { area_code: "'999999'" }],
      ['membership_place_fits_role', { role: "'emperor'" }],
      ['membership_place_fits_role', { role: "'member'" }],
      ['membership_place_fits_role', { area_code: 'NULL' }],
      ['membership_place_fits_role', { organization_id: 'gen_random_uuid()' }],
      ['membership_place_fits_role', { area_code: 'NULL', organization_id: 'gen_random_uuid()' }],
      ['membership_place_fits_role', { role: "'organization-admin'" }],
      ['membership_place_fits_role', { role: "'organization-staff'", organization_id: 'gen_random_uuid()' }],
      ['membership_validity_ordered', { valid_to: 'r.valid_from' }],
      ['membership_not_granted_to_oneself', { granted_by: 'r.account_id::text' }],
      ['membership_revocation_complete', { revoked_at: 'now()' }],
      ['membership_revocation_complete', { revoked_by: "'x'" }],
      ['membership_reason_length', { reason: "repeat('x', 501)" }],
      [
        'membership_revoke_reason_length',
        { revoked_at: 'now()', revoked_by: "'x'", revoke_reason: "repeat('x', 501)" },
      ],
      ['membership_held_once', { role: 'r.role' }],
      ['membership_held_once', { role: 'r.role', valid_from: 'r.valid_to - 1', valid_to: 'NULL' }],
      [
        'membership_held_once',
        { role: 'r.role', valid_from: 'r.valid_from - 9', valid_to: 'r.valid_from + 1' },
      ],
    ],
  },
  {
    table: 'identity.membership',
    of: "r.role = 'organization-admin'",
    copy: { ...OTHER_ID, organization_id: 'gen_random_uuid()' },
    refused: [['membership_held_once', { organization_id: 'r.organization_id' }]],
  },
];

const WALLS = [...areas, ...people, ...roles];

/** A small district, somebody with a password, a session and two roles, and somebody who has nothing yet. */
const ROWS = `
  INSERT INTO identity.area (code, name, level, parent_code, source) VALUES
    ('99', '示例省', 'province', NULL, 'test'), ('9999', '示例市', 'city', '99', 'test'),
    ('999901', '示例区', 'county', '9999', 'test'), ('999901001', '示例街道', 'street', '999901', 'test'),
    ('999901002', '另一街道', 'street', '999901', 'test'), ('999901001001', '示例社区', 'community', '999901001', 'test');
  INSERT INTO identity.account (id, login, display_name, created_at, created_by) VALUES
    ('0198c0de-0000-7000-8000-000000000001', 'somebody', '测试人员', now(), 'test');
  INSERT INTO identity.password VALUES
    ('0198c0de-0000-7000-8000-000000000001', '$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA', now());
  INSERT INTO identity.session (id, account_id, token_hash, created_at, last_seen_at, expires_at)
  SELECT gen_random_uuid(), id, sha256('token'), now(), now(), now() + interval '7 days' FROM identity.account;
  INSERT INTO identity.membership (id, account_id, role, area_code, organization_id, valid_from, valid_to, granted_by, granted_at)
  SELECT gen_random_uuid(), a.id, m.role, m.area, m.organization, '2026-03-02', m.until, 'test', now()
  FROM identity.account a CROSS JOIN (VALUES
    ('acceptor', '999901001', NULL::uuid, '2026-12-31'::date),
    ('organization-admin', NULL, gen_random_uuid(), NULL)) AS m (role, area, organization, until);
  INSERT INTO identity.account (id, login, display_name, created_at, created_by)
  VALUES (gen_random_uuid(), 'nobody-yet', '测试人员', now(), 'test');
  INSERT INTO identity.login_failure VALUES (sha256('somebody'), 1, now(), NULL);
  INSERT INTO identity.rate_limit VALUES ('login:somebody', 1, 0)`;

describe('what the tables of identity refuse, whatever the code does', () => {
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
    expect(untried(await trier.catalogue('identity'), WALLS, [])).toEqual([]);
  });

  it.each<[string, { sql: string }, string]>([
    [
      'somebody who gave themselves a role',
      nobodyGrantedThemselvesARole,
      `ALTER TABLE identity.membership DROP CONSTRAINT membership_not_granted_to_oneself;
       UPDATE identity.membership SET granted_by = account_id::text WHERE role = 'acceptor'`,
    ],
    [
      'a community that hangs on the district',
      everyAreaLiesInItsParent,
      "UPDATE identity.area SET parent_code = '999901' WHERE level = 'community'",
    ],
    [
      'a street that hangs on the city though its code names a county',
      everyAreaLiesInItsParent,
      "UPDATE identity.area SET parent_code = '9999' WHERE code = '999901001'",
    ],
    ['an account without a password', everyAccountHasAPassword, 'DELETE FROM identity.password'],
  ])('a nightly check finds %s, and nothing in sound data', async (_what, check, damage) => {
    const sound = `DELETE FROM identity.account WHERE login = 'nobody-yet';
      INSERT INTO identity.area (code, name, level, parent_code, source)
      VALUES ('999900001', '市直管街道', 'street', '9999', 'test')`;
    expect(await trier.findings(check, sound)).toEqual([]);
    expect(await trier.findings(check, `${sound}; ${damage}`)).not.toEqual([]);
  });

  it('knows these words and no others', async () => {
    expect(await trier.wordLists('identity')).toEqual({
      account_locale_known: ['en', 'zh-CN'],
      account_status_known: ['active', 'closed'],
      area_level_known: ['city', 'community', 'county', 'province', 'street'],
      membership_place_fits_role: [...Object.keys(AREA_ROLES), ...Object.keys(ORGANIZATION_ROLES)].sort(),
    });
  });

  it('leaves no other column empty than these', async () => {
    expect(await trier.nullable('identity')).toEqual([
      'account.email',
      'account.phone',
      'area.parent_code',
      'area.valid_from',
      'area.valid_to',
      'area.successor_code',
      'login_failure.locked_until',
      'membership.area_code',
      'membership.organization_id',
      'membership.valid_to',
      'membership.reason',
      'membership.revoked_by',
      'membership.revoked_at',
      'membership.revoke_reason',
      'rate_limit.expire',
      'session.user_agent',
      'session.revoked_at',
    ]);
  });
});
