import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Organizations on the market, their path from group to registered body, and which classes may supply or buy. */
export class OrganizationsRegistrationAndFiling1764000003000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE SCHEMA organizations');
    await runner.query(CLASSES);
    await runner.query(ORGANIZATIONS);
    await grantModule(runner, 'organizations', { readOnly: ['market_class'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA organizations CASCADE');
  }
}

const CLASSES = `
  -- Who may sell services to government, who may buy them, who is barred from both. Law, so data with its
  -- source: changed by a migration, with dates, never edited in place.
  CREATE TABLE organizations.market_class (
    kind               text NOT NULL,
    subclass           text NOT NULL,
    zh                 text NOT NULL,
    en                 text NOT NULL,
    may_supply         boolean NOT NULL,
    may_buy            boolean NOT NULL,
    -- Small and micro enterprise preference: enterprises and those the law puts beside them.
    small_enterprise   boolean NOT NULL,
    source             text NOT NULL,
    CONSTRAINT market_class_pk PRIMARY KEY (kind, subclass)
  );`;

const ORGANIZATIONS = `
  CREATE TABLE organizations.organization (
    id                     uuid PRIMARY KEY,
    name                   text NOT NULL CONSTRAINT organization_name_length CHECK (length(name) BETWEEN 2 AND 120),
    -- Unified social credit code (GB 32100-2015); a group has none until it is registered.
    credit_code            text
                           CONSTRAINT organization_credit_code_once UNIQUE
                           CONSTRAINT organization_credit_code_form
                             CHECK (credit_code ~ '^[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{10}$'),
    kind                   text NOT NULL,
    subclass               text NOT NULL DEFAULT 'none',
    stage                  text NOT NULL
                           CONSTRAINT organization_stage_known CHECK (stage IN ('spontaneous', 'filed', 'registered')),
    status                 text NOT NULL
                           CONSTRAINT organization_status_known CHECK (status IN ('pending', 'approved', 'rejected', 'suspended')),
    area_code              text COLLATE "C" NOT NULL
                           CONSTRAINT organization_area_known REFERENCES identity.area (code),
    purpose                text NOT NULL CONSTRAINT organization_purpose_length CHECK (length(purpose) BETWEEN 1 AND 2000),
    -- The registered body through which a group's money goes; chosen by the street that files it.
    fiscal_host_id         uuid CONSTRAINT organization_host_known REFERENCES organizations.organization (id),
    filing_number          text CONSTRAINT organization_filing_number_length CHECK (length(filing_number) BETWEEN 1 AND 60),
    claims_small_enterprise boolean NOT NULL DEFAULT false,
    registered_by          text NOT NULL,
    registered_at          timestamptz NOT NULL,
    decided_by             text,
    decided_at             timestamptz,
    -- Why it was rejected or suspended; for the people of the organization and the officials only.
    decision_reason        text CONSTRAINT organization_reason_length CHECK (length(decision_reason) BETWEEN 2 AND 1000),
    version                int NOT NULL DEFAULT 1,
    CONSTRAINT organization_class_known FOREIGN KEY (kind, subclass) REFERENCES organizations.market_class (kind, subclass),
    CONSTRAINT organization_registered_has_code CHECK ((stage = 'registered') = (credit_code IS NOT NULL)),
    CONSTRAINT organization_group_is_unregistered CHECK ((stage = 'registered') = (kind <> 'community-group')),
    CONSTRAINT organization_host_for_filed_groups CHECK ((stage = 'filed') = (fiscal_host_id IS NOT NULL)),
    CONSTRAINT organization_filing_numbered CHECK (stage <> 'filed' OR filing_number IS NOT NULL),
    CONSTRAINT organization_hosts_another CHECK (fiscal_host_id <> id),
    CONSTRAINT organization_decision_complete CHECK (status = 'pending' OR (decided_by IS NOT NULL AND decided_at IS NOT NULL)),
    CONSTRAINT organization_refusal_explained CHECK (status NOT IN ('rejected', 'suspended') OR decision_reason IS NOT NULL),
    -- Nobody lets in what he registered himself; a state organ is entered by the official who may decide.
    CONSTRAINT organization_not_decided_by_registrant
      CHECK (kind = 'state-organ' OR status <> 'approved' OR (decided_by IS NOT NULL AND decided_by <> registered_by)),
    CONSTRAINT organization_small_enterprise_claim
      CHECK (NOT claims_small_enterprise OR kind IN ('enterprise', 'sole-trader') OR subclass = 'disabled-welfare')
  );
  CREATE UNIQUE INDEX organization_filing_once ON organizations.organization (area_code, filing_number)
    WHERE filing_number IS NOT NULL;
  CREATE INDEX organization_public_list ON organizations.organization (name, id) WHERE status = 'approved';
  CREATE INDEX organization_name_search ON organizations.organization USING gin (name gin_trgm_ops);
  CREATE INDEX organization_in_area ON organizations.organization (area_code, status);
  CREATE INDEX organization_of_registrant ON organizations.organization (registered_by);
  CREATE INDEX organization_hosted ON organizations.organization (fiscal_host_id) WHERE fiscal_host_id IS NOT NULL;`;
