import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Service projects. */
export class ProjectsBase1764000007000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA projects;

      CREATE TABLE projects.project (
        id              uuid PRIMARY KEY,
        -- Why it is done: bought with a contract, or begun by the organization itself.
        source          text NOT NULL DEFAULT 'contract'
                        CONSTRAINT project_source_known CHECK (source IN ('contract', 'own')),
        contract_id     uuid CONSTRAINT project_one_per_contract UNIQUE
                        CONSTRAINT project_contract_known REFERENCES contracts.contract,
        organization_id uuid NOT NULL CONSTRAINT project_organization_known REFERENCES organizations.organization,
        area_code       text NOT NULL CONSTRAINT project_area_known REFERENCES identity.area,
        title           text NOT NULL CONSTRAINT project_title_length CHECK (length(title) BETWEEN 1 AND 300),
        description     text NOT NULL DEFAULT ''
                        CONSTRAINT project_description_length CHECK (length(description) <= 10000),
        state           text NOT NULL
                        CONSTRAINT project_state_known CHECK (state IN ('planned', 'active', 'completed', 'cancelled')),
        starts_on       date NOT NULL,
        ends_on         date NOT NULL,
        version         int NOT NULL DEFAULT 1,
        created_at      timestamptz NOT NULL,
        CONSTRAINT project_contract_fits_source CHECK ((source = 'contract') = (contract_id IS NOT NULL)),
        CONSTRAINT project_term_order CHECK (ends_on > starts_on)
      );
      CREATE INDEX project_newest ON projects.project (created_at DESC, id DESC);
      CREATE INDEX project_area ON projects.project (area_code text_pattern_ops, created_at DESC, id DESC);
      CREATE INDEX project_organization ON projects.project (organization_id, created_at DESC, id DESC);
    `);
    await grantModule(runner, 'projects');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA projects CASCADE');
  }
}
