import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Contracts, milestones, signatures, deliveries and acceptances. */
export class ContractsBase1764000006000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA contracts;

      CREATE TABLE contracts.contract (
        id                        uuid PRIMARY KEY,
        commitment_id             uuid NOT NULL CONSTRAINT contract_one_per_commitment UNIQUE
                                  CONSTRAINT contract_commitment_known REFERENCES budgets.commitment,
        award_id                  uuid NOT NULL CONSTRAINT contract_one_per_award UNIQUE
                                  CONSTRAINT contract_award_known REFERENCES procurement.award,
        tender_id                 uuid NOT NULL CONSTRAINT contract_tender_known REFERENCES procurement.tender,
        area_code                 text NOT NULL CONSTRAINT contract_area_known REFERENCES identity.area,
        buyer_organization_id     uuid NOT NULL
                                  CONSTRAINT contract_buyer_organization_known REFERENCES organizations.organization,
        supplier_organization_id  uuid NOT NULL
                                  CONSTRAINT contract_supplier_organization_known REFERENCES organizations.organization,
        title                     text NOT NULL CONSTRAINT contract_title_length CHECK (length(title) BETWEEN 1 AND 300),
        service_kind              text NOT NULL
                                  CONSTRAINT contract_service_kind CHECK (service_kind IN ('public-service', 'auxiliary')),
        amount_fen                bigint NOT NULL CONSTRAINT contract_amount_positive CHECK (amount_fen > 0),
        starts_on                 date,
        ends_on                   date,
        multi_year_conditions_met boolean NOT NULL DEFAULT false,
        texts                     jsonb NOT NULL DEFAULT '{}',
        state                     text NOT NULL CONSTRAINT contract_state_known
                                  CHECK (state IN ('draft', 'part-signed', 'signed', 'active', 'completed', 'terminated')),
        drafted_by                text,
        version                   int NOT NULL DEFAULT 1,
        created_at                timestamptz NOT NULL,
        CONSTRAINT contract_award_of_commitment FOREIGN KEY (commitment_id, award_id)
          REFERENCES budgets.commitment (id, source_id),
        CONSTRAINT contract_parties_differ CHECK (buyer_organization_id <> supplier_organization_id),
        CONSTRAINT contract_term_order
          CHECK ((starts_on IS NULL) = (ends_on IS NULL) AND (starts_on IS NULL OR ends_on > starts_on)),
        CONSTRAINT contract_term_at_most_three_years CHECK (ends_on - interval '3 years' < starts_on),
        CONSTRAINT contract_term_over_a_year_needs_conditions
          CHECK (ends_on - interval '1 year' < starts_on OR multi_year_conditions_met),
        CONSTRAINT contract_signed_has_term
          CHECK (state = 'draft' OR (starts_on IS NOT NULL AND ends_on IS NOT NULL))
      );
      CREATE INDEX contract_area ON contracts.contract (area_code text_pattern_ops, created_at DESC, id DESC);
      CREATE INDEX contract_newest ON contracts.contract (created_at DESC, id DESC);

      -- Everybody who is bound by the contract. Of each side one leads: the buyer and the supplier that the contract names.
      CREATE TABLE contracts.contract_party (
        contract_id     uuid NOT NULL CONSTRAINT contract_party_contract_known REFERENCES contracts.contract,
        organization_id uuid NOT NULL
                        CONSTRAINT contract_party_organization_known REFERENCES organizations.organization,
        role            text NOT NULL CONSTRAINT contract_party_role CHECK (role IN ('buyer', 'supplier')),
        lead            boolean NOT NULL,
        -- Of what its side does or pays, in basis points.
        share_basis_points        int NOT NULL CONSTRAINT contract_party_share CHECK (share_basis_points BETWEEN 1 AND 10000),
        CONSTRAINT contract_party_once PRIMARY KEY (contract_id, organization_id),
        CONSTRAINT contract_party_with_role UNIQUE (contract_id, organization_id, role)
      );
      CREATE UNIQUE INDEX contract_party_one_lead ON contracts.contract_party (contract_id, role) WHERE lead;
      CREATE INDEX contract_party_organization ON contracts.contract_party (organization_id, contract_id);
      -- Both rows refer to each other, so one of them must be allowed to come first.
      ALTER TABLE contracts.contract
        ADD CONSTRAINT contract_buyer_is_party FOREIGN KEY (id, buyer_organization_id)
          REFERENCES contracts.contract_party (contract_id, organization_id) DEFERRABLE INITIALLY DEFERRED,
        ADD CONSTRAINT contract_supplier_is_party FOREIGN KEY (id, supplier_organization_id)
          REFERENCES contracts.contract_party (contract_id, organization_id) DEFERRABLE INITIALLY DEFERRED;

      -- The parties of a side are its whole, whenever a transaction ends.
      CREATE FUNCTION contracts.parties_make_a_side() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (SELECT FROM contracts.contract_party p
            WHERE p.contract_id = NEW.contract_id AND p.role = NEW.role
            HAVING sum(p.share_basis_points) <> 10000 OR count(*) FILTER (WHERE p.lead) <> 1) THEN
          RAISE EXCEPTION 'the parties of contract % do not make a side', NEW.contract_id
            USING ERRCODE = 'check_violation', CONSTRAINT = 'parties_make_a_side', SCHEMA = 'contracts',
              TABLE = 'contract_party';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER parties_make_a_side AFTER INSERT ON contracts.contract_party
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracts.parties_make_a_side();

      CREATE TABLE contracts.milestone (
        id                uuid PRIMARY KEY,
        contract_id       uuid NOT NULL CONSTRAINT milestone_contract_known REFERENCES contracts.contract,
        position          int NOT NULL CONSTRAINT milestone_position CHECK (position BETWEEN 1 AND 60),
        title             text NOT NULL CONSTRAINT milestone_title_length CHECK (length(title) BETWEEN 1 AND 200),
        amount_fen        bigint NOT NULL CONSTRAINT milestone_amount_positive CHECK (amount_fen > 0),
        due_on            date,
        acceptance_due_on date,
        state             text NOT NULL CONSTRAINT milestone_state_known CHECK
                          (state IN ('planned', 'delivered', 'accepted', 'rejected', 'payment-requested', 'paid')),
        accepted_by       text,
        version           int NOT NULL DEFAULT 1,
        CONSTRAINT milestone_position_once UNIQUE (contract_id, position) DEFERRABLE INITIALLY DEFERRED,
        CONSTRAINT milestone_acceptance_after_delivery
          CHECK ((due_on IS NULL) = (acceptance_due_on IS NULL) AND (due_on IS NULL OR acceptance_due_on >= due_on)),
        CONSTRAINT milestone_accepted_by_somebody
          CHECK (state NOT IN ('accepted', 'payment-requested', 'paid') OR accepted_by IS NOT NULL)
      );

      -- L9: the milestones sum to the contract, whenever a transaction ends, whichever of the two was touched.
      CREATE FUNCTION contracts.milestones_sum_to_contract() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        wrong uuid;
      BEGIN
        -- The argument names the column with the contract's id; a milestone that moves touches two contracts.
        SELECT c.id INTO wrong FROM contracts.contract c
        WHERE c.id IN ((to_jsonb(NEW) ->> TG_ARGV[0])::uuid, (to_jsonb(OLD) ->> TG_ARGV[0])::uuid)
          AND c.amount_fen <>
            (SELECT coalesce(sum(m.amount_fen), 0) FROM contracts.milestone m WHERE m.contract_id = c.id)
        LIMIT 1;
        IF wrong IS NOT NULL THEN
          RAISE EXCEPTION 'the milestones of contract % do not sum to its amount', wrong
            USING ERRCODE = 'check_violation', CONSTRAINT = 'milestones_sum_to_contract';
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER milestones_sum_to_contract
        AFTER INSERT OR UPDATE OF amount_fen, contract_id OR DELETE ON contracts.milestone
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
        EXECUTE FUNCTION contracts.milestones_sum_to_contract('contract_id');
      CREATE CONSTRAINT TRIGGER contract_sums_its_milestones
        AFTER INSERT OR UPDATE OF amount_fen ON contracts.contract
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION contracts.milestones_sum_to_contract('id');

      CREATE TABLE contracts.signature (
        contract_id     uuid NOT NULL,
        organization_id uuid NOT NULL,
        side            text NOT NULL CONSTRAINT signature_side CHECK (side IN ('buyer', 'supplier')),
        account_id      text NOT NULL,
        signed_at       timestamptz NOT NULL,
        terms_hash      text NOT NULL CONSTRAINT signature_hash_form CHECK (terms_hash ~ '^[0-9a-f]{64}$'),
        CONSTRAINT signature_once_per_party PRIMARY KEY (contract_id, organization_id),
        CONSTRAINT signature_of_party FOREIGN KEY (contract_id, organization_id, side)
          REFERENCES contracts.contract_party (contract_id, organization_id, role),
        CONSTRAINT signature_one_person_one_side UNIQUE (contract_id, account_id)
      );

      CREATE TABLE contracts.delivery (
        id           uuid PRIMARY KEY,
        milestone_id uuid NOT NULL CONSTRAINT delivery_milestone_known REFERENCES contracts.milestone,
        note         text NOT NULL CONSTRAINT delivery_note_length CHECK (length(note) BETWEEN 1 AND 5000),
        delivered_by text NOT NULL,
        delivered_at timestamptz NOT NULL
      );
      CREATE INDEX delivery_milestone ON contracts.delivery (milestone_id, delivered_at);

      -- The outcome of looking at one delivery; opinions are those of the service's users, without names.
      CREATE TABLE contracts.acceptance (
        id           uuid PRIMARY KEY,
        milestone_id uuid NOT NULL CONSTRAINT acceptance_milestone_known REFERENCES contracts.milestone,
        delivery_id  uuid NOT NULL CONSTRAINT acceptance_once_per_delivery UNIQUE
                     CONSTRAINT acceptance_delivery_known REFERENCES contracts.delivery,
        outcome      text NOT NULL CONSTRAINT acceptance_outcome CHECK (outcome IN ('accepted', 'rejected')),
        note         text NOT NULL,
        opinions     jsonb NOT NULL DEFAULT '[]',
        decided_by   text NOT NULL,
        decided_at   timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX acceptance_accepts_a_milestone_once
        ON contracts.acceptance (milestone_id) WHERE outcome = 'accepted';
    `);
    await grantModule(runner, 'contracts', {
      appendOnly: ['contract_party', 'signature', 'delivery', 'acceptance'],
    });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM platform.deadline WHERE rule_code LIKE 'contracts.%';
      DROP SCHEMA contracts CASCADE`);
  }
}
