import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Attachments, dated figures, legal deadlines. */
export class PlatformFilesFiguresDeadlines1764000001100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE platform.file (
        id          uuid PRIMARY KEY,
        name        text NOT NULL CONSTRAINT file_name_length CHECK (length(name) BETWEEN 1 AND 200),
        media_type  text NOT NULL,
        size_bytes  bigint NOT NULL CONSTRAINT file_not_empty CHECK (size_bytes > 0),
        sha256      text NOT NULL CONSTRAINT file_sha256_form CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        uploaded_by text NOT NULL,
        uploaded_at timestamptz NOT NULL,
        object_type text,
        object_id   text,
        CONSTRAINT file_attached_whole CHECK ((object_type IS NULL) = (object_id IS NULL))
      );
      CREATE INDEX file_object ON platform.file (object_type, object_id) WHERE object_id IS NOT NULL;
      CREATE INDEX file_loose ON platform.file (uploaded_at) WHERE object_id IS NULL;

      CREATE TABLE platform.figure (
        code      text NOT NULL,
        area_code text NOT NULL DEFAULT '',
        validity  daterange NOT NULL,
        value     numeric NOT NULL,
        unit      text NOT NULL,
        source    text NOT NULL,
        grade     text NOT NULL CONSTRAINT figure_grade_known CHECK (grade IN ('A', 'B', 'C', 'M', 'demo')),
        -- Came with the product; an authority's own rows are never touched by an upgrade.
        shipped   boolean NOT NULL DEFAULT false,
        CONSTRAINT figure_one_at_a_time EXCLUDE USING gist (code WITH =, area_code WITH =, validity WITH &&)
      );

      CREATE TABLE platform.deadline_rule (
        id          uuid PRIMARY KEY DEFAULT gen_random_uuid(),
        code        text NOT NULL,
        area_code   text NOT NULL DEFAULT '',
        -- A clock keeps the rule of the day on which it was started.
        validity    daterange NOT NULL DEFAULT '(,)',
        zh          text NOT NULL,
        en          text NOT NULL,
        length      int NOT NULL CONSTRAINT deadline_rule_length CHECK (length > 0),
        unit        text NOT NULL
                    CONSTRAINT deadline_rule_unit CHECK (unit IN ('calendar-day', 'working-day', 'month', 'year')),
        legal_basis text NOT NULL,
        grade       text NOT NULL,
        owner_role  text NOT NULL,
        consequence text NOT NULL,
        shipped     boolean NOT NULL DEFAULT false,
        CONSTRAINT deadline_rule_one_at_a_time EXCLUDE USING gist (code WITH =, area_code WITH =, validity WITH &&),
        CONSTRAINT deadline_rule_code UNIQUE (id, code)
      );
      CREATE TABLE platform.deadline (
        id           uuid PRIMARY KEY,
        rule_id      uuid NOT NULL,
        rule_code    text NOT NULL,
        subject_type text NOT NULL,
        subject_id   text NOT NULL,
        area_code    text NOT NULL,
        started_at   timestamptz NOT NULL,
        -- NULL while the working-day calendar has no official data for a year that the clock runs into.
        due_at       timestamptz,
        met_at       timestamptz,
        CONSTRAINT deadline_rule_known FOREIGN KEY (rule_id, rule_code) REFERENCES platform.deadline_rule (id, code),
        CONSTRAINT deadline_once UNIQUE (rule_code, subject_type, subject_id, started_at),
        CONSTRAINT deadline_order CHECK (due_at > started_at)
      );
      CREATE INDEX deadline_open ON platform.deadline (due_at, id) WHERE met_at IS NULL;
      CREATE INDEX deadline_rule_used ON platform.deadline (rule_id);
      CREATE INDEX deadline_subject ON platform.deadline (subject_type, subject_id);

      -- Years announced after this release; the shipped ones are in the kernel.
      CREATE TABLE platform.calendar_year (
        year             int PRIMARY KEY CONSTRAINT calendar_year_range CHECK (year BETWEEN 2024 AND 2100),
        holidays         date[] NOT NULL,
        makeup_workdays  date[] NOT NULL,
        source           text NOT NULL
      );
    `);
    await grantModule(runner, 'platform', {});
    // grantModule gives all rights on all tables of the schema; the append-only ones stay closed.
    await runner.query(
      'REVOKE UPDATE, DELETE, TRUNCATE ON platform.outbox_event, platform.audit_entry FROM linqiao_app',
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE platform.calendar_year, platform.deadline, platform.deadline_rule, platform.figure, platform.file',
    );
  }
}
