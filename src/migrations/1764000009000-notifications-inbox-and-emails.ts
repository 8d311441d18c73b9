import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** The inbox, the copies that go out of it by a channel, and what people prefer. */
export class NotificationsInboxAndEmails1764000009000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA notifications;

      -- What a person was told, in the words they were told it: a later change of a template changes no row.
      CREATE TABLE notifications.message (
        id         uuid PRIMARY KEY,
        event_id   uuid NOT NULL,
        account_id uuid NOT NULL CONSTRAINT message_to_account REFERENCES identity.account,
        event_type text NOT NULL CONSTRAINT message_event_type_form CHECK (event_type ~ '^[a-z-]+\\.[a-z-]+\\.v[0-9]+$'),
        about_type text NOT NULL CONSTRAINT message_about_type_form CHECK (about_type ~ '^[a-z-]{1,40}$'),
        about_id   text NOT NULL CONSTRAINT message_about_id_length CHECK (length(about_id) BETWEEN 1 AND 64),
        subject_zh text NOT NULL CONSTRAINT message_subject_zh_length CHECK (length(subject_zh) BETWEEN 1 AND 200),
        body_zh    text NOT NULL CONSTRAINT message_body_zh_length CHECK (length(body_zh) BETWEEN 1 AND 2000),
        subject_en text NOT NULL CONSTRAINT message_subject_en_length CHECK (length(subject_en) BETWEEN 1 AND 300),
        body_en    text NOT NULL CONSTRAINT message_body_en_length CHECK (length(body_en) BETWEEN 1 AND 3000),
        created_at timestamptz NOT NULL,
        read_at    timestamptz,
        -- One event reaches one person once, however often its task runs.
        CONSTRAINT message_once UNIQUE (event_id, account_id)
      );
      CREATE INDEX message_inbox ON notifications.message (account_id, id DESC);
      CREATE INDEX message_unread ON notifications.message (account_id, id DESC) WHERE read_at IS NULL;

      -- The copy of a message that goes out by a channel. No address here: it is looked up when the dialogue begins.
      CREATE TABLE notifications.delivery (
        id              uuid PRIMARY KEY,
        message_id      uuid NOT NULL CONSTRAINT delivery_of_message REFERENCES notifications.message,
        channel         text NOT NULL CONSTRAINT delivery_channel_known CHECK (channel IN ('email')),
        state           text NOT NULL CONSTRAINT delivery_state_known CHECK
                        (state IN ('queued', 'sending', 'sent', 'failed', 'uncertain', 'dismissed', 'switched-off')),
        -- Dialogues begun. Counted before each begins, so none is forgotten by a crash.
        attempts        int NOT NULL DEFAULT 0 CONSTRAINT delivery_attempts_not_negative CHECK (attempts >= 0),
        -- Attempts before the operator last granted new ones.
        attempts_before int NOT NULL DEFAULT 0
                        CONSTRAINT delivery_attempts_before_within CHECK (attempts_before BETWEEN 0 AND attempts),
        -- By what the channel's own log knows it, the same in every attempt, so that a copy is recognized: of an
        -- e-mail the Message-ID header.
        reference       text NOT NULL CONSTRAINT delivery_reference_once UNIQUE,
        queued_at       timestamptz NOT NULL,
        sending_at      timestamptz,
        settled_at      timestamptz,
        -- A code, never a server's sentence: those repeat the address.
        last_error      text CONSTRAINT delivery_last_error_form CHECK (last_error ~ '^[a-z0-9-]{1,60}$'),
        version         int NOT NULL DEFAULT 1,
        CONSTRAINT delivery_one_per_channel UNIQUE (message_id, channel),
        CONSTRAINT delivery_email_reference_form CHECK
          (channel <> 'email' OR reference ~ '^<[^<>@[:space:]]+@[^<>@[:space:]]+>$'),
        CONSTRAINT delivery_begun_has_time CHECK
          ((state IN ('sending', 'sent', 'uncertain') AND sending_at IS NOT NULL AND attempts > 0)
           OR state NOT IN ('sending', 'sent', 'uncertain')),
        CONSTRAINT delivery_settled_has_time CHECK ((state IN ('queued', 'sending')) = (settled_at IS NULL))
      );
      CREATE INDEX delivery_unresolved ON notifications.delivery (state, id DESC) WHERE state IN ('uncertain', 'failed');
      CREATE INDEX delivery_open ON notifications.delivery (state, queued_at) WHERE state IN ('queued', 'sending');

      CREATE TABLE notifications.preference (
        account_id     uuid PRIMARY KEY CONSTRAINT preference_of_account REFERENCES identity.account,
        email_enabled  boolean NOT NULL DEFAULT true,
        -- Areas whose coming and published purchases the person wants to hear of.
        followed_areas text[] NOT NULL DEFAULT '{}'
                       CONSTRAINT preference_followed_areas_few CHECK (cardinality(followed_areas) <= 20),
        updated_at     timestamptz NOT NULL
      );
      CREATE INDEX preference_followers ON notifications.preference USING gin (followed_areas);
    `);
    await grantModule(runner, 'notifications');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP SCHEMA notifications CASCADE');
  }
}
