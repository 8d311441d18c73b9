import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Areas, accounts, passwords, sessions, memberships and the counters that slow down guessing. */
export class IdentityAccountsAreasSessions1764000002000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA identity');
    await runner.query(AREAS);
    await runner.query(ACCOUNTS);
    await runner.query(MEMBERSHIPS);
    await grantModule(runner, 'identity');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA identity CASCADE');
  }
}

const AREAS = `
  -- Administrative divisions. The key is the code, never a name; a code that was retired stays, with the
  -- date and, where one area took its place, the successor.
  CREATE TABLE identity.area (
    code           text COLLATE "C" PRIMARY KEY
                   CONSTRAINT area_code_form CHECK (code ~ '^[1-9][0-9]+$'),
    name           text NOT NULL CONSTRAINT area_name_length CHECK (length(name) BETWEEN 1 AND 100),
    level          text NOT NULL
                   CONSTRAINT area_level_fits_code CHECK (length(code) = CASE level
                     WHEN 'province' THEN 2 WHEN 'city' THEN 4 WHEN 'county' THEN 6
                     WHEN 'street' THEN 9 WHEN 'community' THEN 12 END),
    parent_code    text COLLATE "C" CONSTRAINT area_parent_known REFERENCES identity.area (code),
    -- First day in force; null = before our records begin.
    valid_from     date,
    -- First day no longer in force; null = until further notice.
    valid_to       date,
    successor_code text COLLATE "C" CONSTRAINT area_successor_known REFERENCES identity.area (code),
    source         text NOT NULL CONSTRAINT area_source_named CHECK (length(source) BETWEEN 1 AND 300),
    CONSTRAINT area_level_known CHECK (level IN ('province', 'city', 'county', 'street', 'community')),
    CONSTRAINT area_parent_is_prefix CHECK (
      CASE WHEN level = 'province' THEN parent_code IS NULL
           ELSE parent_code IS NOT NULL AND code <> parent_code AND starts_with(code, parent_code) END),
    CONSTRAINT area_validity_ordered CHECK (valid_from < valid_to),
    CONSTRAINT area_successor_after_end CHECK (successor_code IS NULL OR (valid_to IS NOT NULL AND successor_code <> code))
  );
  CREATE INDEX area_children ON identity.area (parent_code, code);
  CREATE INDEX area_name_search ON identity.area USING gin (name gin_trgm_ops);`;

const ACCOUNTS = `
  CREATE TABLE identity.account (
    id           uuid PRIMARY KEY,
    login        text NOT NULL
                 CONSTRAINT account_login_once UNIQUE
                 CONSTRAINT account_login_form CHECK (length(login) BETWEEN 3 AND 64 AND login = lower(login)),
    display_name text NOT NULL CONSTRAINT account_display_name_length CHECK (length(display_name) BETWEEN 1 AND 60),
    email        text CONSTRAINT account_email_length CHECK (length(email) BETWEEN 3 AND 254),
    phone        text CONSTRAINT account_phone_form CHECK (phone ~ '^1[3-9][0-9]{9}$'),
    locale       text NOT NULL DEFAULT 'zh-CN' CONSTRAINT account_locale_known CHECK (locale IN ('zh-CN', 'en')),
    status       text NOT NULL DEFAULT 'active' CONSTRAINT account_status_known CHECK (status IN ('active', 'closed')),
    created_at   timestamptz NOT NULL,
    created_by   text NOT NULL,
    version      int NOT NULL DEFAULT 1
  );

  -- Apart from the account, so that no list of people ever reads a hash.
  CREATE TABLE identity.password (
    account_id uuid PRIMARY KEY CONSTRAINT password_account_known REFERENCES identity.account (id) ON DELETE CASCADE,
    hash       text NOT NULL CONSTRAINT password_is_argon2id CHECK (starts_with(hash, '$argon2id$')),
    changed_at timestamptz NOT NULL
  );

  CREATE TABLE identity.session (
    id           uuid PRIMARY KEY,
    account_id   uuid NOT NULL CONSTRAINT session_account_known REFERENCES identity.account (id) ON DELETE CASCADE,
    token_hash   bytea NOT NULL
                 CONSTRAINT session_token_once UNIQUE
                 CONSTRAINT session_token_is_sha256 CHECK (octet_length(token_hash) = 32),
    user_agent   text CONSTRAINT session_user_agent_length CHECK (length(user_agent) <= 200),
    created_at   timestamptz NOT NULL,
    last_seen_at timestamptz NOT NULL,
    expires_at   timestamptz NOT NULL,
    revoked_at   timestamptz,
    version      int NOT NULL DEFAULT 1,
    CONSTRAINT session_expires_later CHECK (expires_at > created_at)
  );
  CREATE INDEX session_of_account ON identity.session (account_id, created_at DESC);
  CREATE INDEX session_age ON identity.session (expires_at);

  -- Wrong passwords per login name, whether or not such an account exists: the wait must not tell.
  CREATE TABLE identity.login_failure (
    login_hash     bytea PRIMARY KEY CONSTRAINT login_failure_hash_is_sha256 CHECK (octet_length(login_hash) = 32),
    failures       int NOT NULL CONSTRAINT login_failure_count_positive CHECK (failures > 0),
    last_failed_at timestamptz NOT NULL,
    locked_until   timestamptz
  );
  CREATE INDEX login_failure_age ON identity.login_failure (last_failed_at);

  -- The store of rate-limiter-flexible; column order and types are the library's.
  CREATE TABLE identity.rate_limit (
    key    varchar(255) PRIMARY KEY,
    points integer NOT NULL DEFAULT 0,
    expire bigint
  );
  CREATE INDEX rate_limit_age ON identity.rate_limit (expire);`;

const MEMBERSHIPS = `
  -- A role held in an area or in an organization. Organizations live above this module: no foreign key.
  CREATE TABLE identity.membership (
    id              uuid PRIMARY KEY,
    account_id      uuid NOT NULL CONSTRAINT membership_account_known REFERENCES identity.account (id),
    role            text NOT NULL,
    area_code       text COLLATE "C" CONSTRAINT membership_area_known REFERENCES identity.area (code),
    organization_id uuid,
    valid_from      date NOT NULL,
    valid_to        date,
    reason          text CONSTRAINT membership_reason_length CHECK (length(reason) <= 500),
    granted_by      text NOT NULL,
    granted_at      timestamptz NOT NULL,
    revoked_by      text,
    revoked_at      timestamptz,
    revoke_reason   text CONSTRAINT membership_revoke_reason_length CHECK (length(revoke_reason) <= 500),
    version         int NOT NULL DEFAULT 1,
    CONSTRAINT membership_place_fits_role CHECK (CASE
      WHEN role IN ('organization-admin', 'organization-staff') THEN organization_id IS NOT NULL AND area_code IS NULL
      WHEN role IN ('platform-operator', 'purchaser', 'approver', 'acceptor', 'finance', 'civil-affairs',
                    'evaluator', 'community-worker', 'supervisor', 'auditor')
        THEN area_code IS NOT NULL AND organization_id IS NULL
      ELSE false END),
    CONSTRAINT membership_validity_ordered CHECK (valid_from < valid_to),
    CONSTRAINT membership_not_granted_to_oneself CHECK (granted_by <> account_id::text),
    CONSTRAINT membership_revocation_complete CHECK ((revoked_at IS NULL) = (revoked_by IS NULL)),
    CONSTRAINT membership_held_once EXCLUDE USING gist (
      account_id WITH =, role WITH =, (coalesce(area_code, organization_id::text)) WITH =,
      daterange(valid_from, valid_to) WITH &&) WHERE (revoked_at IS NULL)
  );
  CREATE INDEX membership_of_account ON identity.membership (account_id) WHERE revoked_at IS NULL;
  CREATE INDEX membership_in_area ON identity.membership (area_code, role) WHERE revoked_at IS NULL;
  CREATE INDEX membership_in_organization ON identity.membership (organization_id, role) WHERE revoked_at IS NULL;`;
