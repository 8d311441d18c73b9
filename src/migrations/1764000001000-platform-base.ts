import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Outbox, tasks, idempotency keys, audit trail, files, deadlines: what every module leans on. */
export class PlatformBase1764000001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA platform;
      CREATE EXTENSION IF NOT EXISTS btree_gist;
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      CREATE FUNCTION platform.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '%.% is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
      END $$;

      -- What happened, written in the transaction in which it happened. Read in commit-safe order:
      -- by (xid, seq), and only below the oldest transaction that is still running.
      CREATE TABLE platform.outbox_event (
        seq         bigint GENERATED ALWAYS AS IDENTITY,
        xid         xid8 NOT NULL DEFAULT pg_current_xact_id(),
        id          uuid NOT NULL CONSTRAINT outbox_event_id_once UNIQUE,
        type        text NOT NULL CONSTRAINT outbox_event_type_form CHECK (type ~ '^[a-z-]+\\.[a-z-]+\\.v[0-9]+$'),
        payload     jsonb NOT NULL,
        actor_id    text NOT NULL,
        request_id  text,
        occurred_at timestamptz NOT NULL,
        CONSTRAINT outbox_event_pk PRIMARY KEY (xid, seq)
      );
      CREATE TABLE platform.relay_cursor (
        name text PRIMARY KEY,
        xid  xid8 NOT NULL,
        seq  bigint NOT NULL
      );
      INSERT INTO platform.relay_cursor VALUES ('tasks', '0', 0);

      -- One row per piece of work that a worker must do once: a reaction to an event, a timer, a
      -- recurring job. The row is the truth and the inbox; the queue only carries its id.
      CREATE TABLE platform.task (
        id          uuid PRIMARY KEY,
        handler     text NOT NULL,
        key         text NOT NULL,
        queue       text NOT NULL,
        event_id    uuid,
        event_type  text,
        payload     jsonb NOT NULL,
        actor_id    text NOT NULL,
        request_id  text,
        run_at      timestamptz NOT NULL,
        every_ms    bigint CONSTRAINT task_every_positive CHECK (every_ms > 0),
        state       text NOT NULL DEFAULT 'waiting'
                    CONSTRAINT task_state_known CHECK (state IN ('waiting', 'queued', 'done', 'dead', 'cancelled')),
        attempts    int NOT NULL DEFAULT 0,
        enqueued_at timestamptz,
        leased_until timestamptz,
        finished_at timestamptz,
        last_error  text,
        created_at  timestamptz NOT NULL,
        CONSTRAINT task_once UNIQUE (handler, key)
      );
      CREATE INDEX task_due ON platform.task (run_at) WHERE state = 'waiting';
      CREATE INDEX task_queued ON platform.task (enqueued_at) WHERE state = 'queued';
      CREATE INDEX task_dead ON platform.task (created_at DESC, id DESC) WHERE state = 'dead';
      CREATE INDEX task_finished ON platform.task (finished_at) WHERE state = 'done' AND every_ms IS NULL;

      CREATE TABLE platform.idempotency_key (
        scope        text NOT NULL,
        key          text NOT NULL CONSTRAINT idempotency_key_length CHECK (length(key) BETWEEN 8 AND 200),
        request_hash bytea NOT NULL,
        status       int,
        response     jsonb,
        created_at   timestamptz NOT NULL,
        CONSTRAINT idempotency_key_pk PRIMARY KEY (scope, key)
      );
      CREATE INDEX idempotency_key_age ON platform.idempotency_key (created_at);

      CREATE TABLE platform.audit_entry (
        id          uuid PRIMARY KEY,
        at          timestamptz NOT NULL,
        actor_id    text NOT NULL,
        permission  text,
        action      text NOT NULL,
        object_type text NOT NULL,
        object_id   text NOT NULL,
        before      jsonb,
        after       jsonb,
        request_id  text
      );
      CREATE INDEX audit_entry_object ON platform.audit_entry (object_type, object_id, at);
      CREATE INDEX audit_entry_actor ON platform.audit_entry (actor_id, at);
    `);
    await grantModule(runner, 'platform', { appendOnly: ['outbox_event', 'audit_entry'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA platform CASCADE');
  }
}
