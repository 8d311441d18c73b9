import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why acts of people that have consequences were refused, for as long as somebody may ask. */
export class PlatformRefusals1764000011000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Written after the refused transaction was rolled back. No text that somebody typed: codes, ids and figures.
      CREATE TABLE platform.refusal (
        id          uuid PRIMARY KEY,
        occurred_at timestamptz NOT NULL,
        -- The account of the person; no foreign key, because the platform knows no module.
        actor_id    uuid NOT NULL,
        action      text NOT NULL CONSTRAINT refusal_action_form CHECK (action ~ '^[a-z-]+\\.[a-z-]{1,60}$'),
        object_type text CONSTRAINT refusal_object_type_form CHECK (object_type ~ '^[a-z-]+\\.[a-z-]{1,60}$'),
        object_id   uuid,
        code        text NOT NULL CONSTRAINT refusal_code_form CHECK (code ~ '^[a-z0-9-]+\\.[a-z0-9-]{1,60}$'),
        details     jsonb CONSTRAINT refusal_details_size CHECK (length(details::text) <= 4000),
        request_id  uuid NOT NULL CONSTRAINT refusal_once_per_request UNIQUE,
        CONSTRAINT refusal_object_whole CHECK ((object_type IS NULL) = (object_id IS NULL))
      );
      CREATE INDEX refusal_own ON platform.refusal (actor_id, occurred_at DESC, id DESC);
      CREATE INDEX refusal_of_object ON platform.refusal (object_type, object_id, occurred_at DESC, id DESC)
        WHERE object_id IS NOT NULL;
      CREATE INDEX refusal_age ON platform.refusal (occurred_at);
      -- Never changed; forgotten when its time is over.
      GRANT SELECT, INSERT, DELETE ON platform.refusal TO linqiao_app;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE platform.refusal');
  }
}
