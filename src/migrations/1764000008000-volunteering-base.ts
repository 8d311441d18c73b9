import type { MigrationInterface, QueryRunner } from 'typeorm';
import { grantModule } from '../platform/database/migrations.js';

/** Volunteers, shifts, sign-ups, hours. */
export class VolunteeringBase1764000008000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SCHEMA volunteering;

      CREATE SEQUENCE volunteering.volunteer_number;
      CREATE TABLE volunteering.volunteer (
        id                   uuid PRIMARY KEY,
        -- Null for somebody without a login, whom somebody else registers.
        account_id           uuid CONSTRAINT volunteer_one_per_account UNIQUE
                             CONSTRAINT volunteer_account_known REFERENCES identity.account,
        -- The organization that sends them, if one does.
        unit_id              uuid CONSTRAINT volunteer_unit_known REFERENCES organizations.organization,
        -- Of somebody without a login; everybody else is called what their account says.
        display_name         text CONSTRAINT volunteer_name_length
                             CHECK (display_name IS NULL OR length(display_name) BETWEEN 1 AND 60),
        -- Shown instead of any identity number (MZ/T 061-2015).
        volunteer_number     text NOT NULL CONSTRAINT volunteer_number_once UNIQUE
                             DEFAULT 'LQ' || lpad(nextval('volunteering.volunteer_number')::text, 8, '0'),
        birth_date           date NOT NULL CONSTRAINT volunteer_birth_date CHECK (birth_date BETWEEN '1900-01-01' AND '2100-01-01'),
        area_code            text NOT NULL CONSTRAINT volunteer_area_known REFERENCES identity.area,
        skills               text[] NOT NULL DEFAULT '{}'
                             CONSTRAINT volunteer_skills_few CHECK (cardinality(skills) <= 20),
        guardian_consent_at  timestamptz,
        version              int NOT NULL DEFAULT 1,
        registered_by        text NOT NULL,
        registered_at        timestamptz NOT NULL,
        CONSTRAINT volunteer_has_one_name CHECK ((account_id IS NULL) = (display_name IS NOT NULL)),
        CONSTRAINT volunteer_with_account UNIQUE (id, account_id)
      );

      CREATE TABLE volunteering.shift (
        id              uuid PRIMARY KEY,
        project_id      uuid NOT NULL CONSTRAINT shift_project_known REFERENCES projects.project,
        organization_id uuid NOT NULL CONSTRAINT shift_organization_known REFERENCES organizations.organization,
        area_code       text NOT NULL CONSTRAINT shift_area_known REFERENCES identity.area,
        title           text NOT NULL CONSTRAINT shift_title_length CHECK (length(title) BETWEEN 1 AND 200),
        place           text NOT NULL CONSTRAINT shift_place_length CHECK (length(place) BETWEEN 1 AND 300),
        starts_at       timestamptz NOT NULL,
        ends_at         timestamptz NOT NULL,
        state           text NOT NULL CONSTRAINT shift_state_known CHECK (state IN ('open', 'cancelled')),
        check_in_secret bytea NOT NULL,
        -- So long before the start the last person moves up from the queue: they must be able to come, or to decline.
        promotion_lead_minutes int NOT NULL DEFAULT 120
                        CONSTRAINT shift_promotion_lead CHECK (promotion_lead_minutes BETWEEN 0 AND 10080),
        created_by      text NOT NULL,
        created_at      timestamptz NOT NULL,
        version         int NOT NULL DEFAULT 1,
        CONSTRAINT shift_times CHECK (ends_at > starts_at AND ends_at <= starts_at + interval '24 hours')
      );
      CREATE INDEX shift_upcoming ON volunteering.shift (starts_at, id) WHERE state = 'open';
      CREATE INDEX shift_project ON volunteering.shift (project_id, starts_at, id);
      CREATE INDEX shift_area ON volunteering.shift (area_code text_pattern_ops, starts_at, id) WHERE state = 'open';

      -- What people of a shift do: how many it takes, what it asks of them, how many have a seat and how many wait.
      CREATE TABLE volunteering.shift_role (
        id              uuid PRIMARY KEY,
        -- One role is made with the shift. What asks for "the role of a shift" leans on this key.
        shift_id        uuid NOT NULL CONSTRAINT shift_role_alone UNIQUE
                        CONSTRAINT shift_role_shift_known REFERENCES volunteering.shift,
        min_people      int NOT NULL DEFAULT 0,
        max_people      int NOT NULL CONSTRAINT shift_role_max_people CHECK (max_people BETWEEN 1 AND 10000),
        taken           int NOT NULL DEFAULT 0,
        waiting         int NOT NULL DEFAULT 0 CONSTRAINT shift_role_waiting_not_negative CHECK (waiting >= 0),
        next_position   int NOT NULL DEFAULT 1,
        risk_text       text CONSTRAINT shift_role_risk_length CHECK (length(risk_text) BETWEEN 1 AND 5000),
        dangerous       boolean NOT NULL DEFAULT false,
        CONSTRAINT shift_role_of_shift UNIQUE (id, shift_id),
        CONSTRAINT shift_role_min_people CHECK (min_people BETWEEN 0 AND max_people),
        CONSTRAINT shift_role_never_oversold CHECK (taken BETWEEN 0 AND max_people),
        CONSTRAINT shift_role_danger_is_told CHECK (NOT dangerous OR risk_text IS NOT NULL)
      );

      CREATE TABLE volunteering.sign_up (
        id              uuid PRIMARY KEY,
        role_id         uuid NOT NULL,
        -- That of the role: nobody signs up for a shift twice.
        shift_id        uuid NOT NULL,
        volunteer_id    uuid NOT NULL CONSTRAINT sign_up_volunteer_known REFERENCES volunteering.volunteer,
        -- The volunteer's account, null while there is none: whom an event names, and who must not write this row.
        account_id      uuid,
        state           text NOT NULL CONSTRAINT sign_up_state_known CHECK
                        (state IN ('confirmed', 'waiting', 'cancelled', 'checked-in', 'checked-out', 'attended', 'no-show')),
        position        int,
        occupied        tstzrange NOT NULL,
        risk_acknowledged_at timestamptz,
        checked_in_at   timestamptz,
        checked_out_at  timestamptz,
        answer_by       timestamptz,
        -- Written down after the shift, by somebody of the organization, in place of the code at the place.
        attendance_entered_by text
                        CONSTRAINT sign_up_entered_by_another
                        CHECK (attendance_entered_by IS NULL OR account_id IS NULL
                               OR attendance_entered_by <> account_id::text),
        attendance_entered_at timestamptz,
        created_at      timestamptz NOT NULL,
        version         int NOT NULL DEFAULT 1,
        CONSTRAINT sign_up_role_of_shift
          FOREIGN KEY (role_id, shift_id) REFERENCES volunteering.shift_role (id, shift_id),
        CONSTRAINT sign_up_account_of_volunteer
          FOREIGN KEY (volunteer_id, account_id) REFERENCES volunteering.volunteer (id, account_id),
        CONSTRAINT sign_up_entry_is_whole
          CHECK ((attendance_entered_by IS NULL) = (attendance_entered_at IS NULL)),
        CONSTRAINT sign_up_waiting_has_position CHECK (state <> 'waiting' OR position IS NOT NULL),
        CONSTRAINT sign_up_check_out_after_in
          CHECK (checked_out_at IS NULL OR (checked_in_at IS NOT NULL AND checked_out_at >= checked_in_at)),
        -- The second line behind the lock on the volunteer: nobody holds two seats at one time.
        CONSTRAINT sign_up_never_double_booked EXCLUDE USING gist (volunteer_id WITH =, occupied WITH &&)
          WHERE (state IN ('confirmed', 'checked-in', 'checked-out', 'attended'))
      );
      CREATE UNIQUE INDEX sign_up_once_per_shift ON volunteering.sign_up (shift_id, volunteer_id)
        WHERE state <> 'cancelled';
      CREATE UNIQUE INDEX sign_up_waiting_order ON volunteering.sign_up (role_id, position)
        WHERE state = 'waiting';
      CREATE INDEX sign_up_person ON volunteering.sign_up (volunteer_id, created_at DESC, id DESC);
      CREATE INDEX sign_up_roster ON volunteering.sign_up (shift_id, created_at, id);

      -- Why somebody was written down afterwards as absent or present; every reason stays.
      CREATE TABLE volunteering.attendance_note (
        id              uuid PRIMARY KEY,
        sign_up_id      uuid NOT NULL CONSTRAINT attendance_note_sign_up_known REFERENCES volunteering.sign_up,
        act             text NOT NULL CONSTRAINT attendance_note_act_known
                        CHECK (act IN ('record-no-show', 'reverse-no-show', 'enter-attendance')),
        reason          text NOT NULL
                        CONSTRAINT attendance_note_reason_length CHECK (length(reason) BETWEEN 1 AND 1000),
        written_by      text NOT NULL,
        written_at      timestamptz NOT NULL
      );
      CREATE INDEX attendance_note_sign_up ON volunteering.attendance_note (sign_up_id, written_at, id);

      -- One record from which certificate, stars and the contract's deliverables derive (民政部令第67号 art. 7).
      CREATE TABLE volunteering.hours_record (
        id              uuid PRIMARY KEY,
        -- The entry that this one corrects: what somebody has served is the sum of both, neither changes.
        corrects_id     uuid CONSTRAINT hours_corrects_another CHECK (corrects_id IS NULL OR corrects_id <> id),
        correction_reason text
                        CONSTRAINT hours_correction_reason_length
                        CHECK (correction_reason IS NULL OR length(correction_reason) BETWEEN 1 AND 1000),
        -- Null where somebody served without having signed up, or outside of any shift.
        sign_up_id      uuid CONSTRAINT hours_record_sign_up_known REFERENCES volunteering.sign_up,
        volunteer_id    uuid NOT NULL CONSTRAINT hours_record_volunteer_known REFERENCES volunteering.volunteer,
        -- The account that the volunteer had at that time, null for none.
        account_id      uuid,
        shift_id        uuid CONSTRAINT hours_record_shift_known REFERENCES volunteering.shift,
        project_id      uuid NOT NULL CONSTRAINT hours_record_project_known REFERENCES projects.project,
        organization_id uuid NOT NULL
                        CONSTRAINT hours_record_organization_known REFERENCES organizations.organization,
        activity_title  text NOT NULL,
        -- What was done, and who answered for it: a certificate names both (art. 7).
        content         text NOT NULL,
        responsible_person text NOT NULL,
        served_on       date NOT NULL,
        place           text NOT NULL,
        minutes         int NOT NULL,
        signals         jsonb NOT NULL CONSTRAINT hours_two_signals CHECK (jsonb_array_length(signals) >= 2),
        late            boolean NOT NULL,
        -- Who entered the attendance afterwards; null when the volunteer was there with the code.
        entered_by      text,
        recorded_by     text NOT NULL,
        recorded_at     timestamptz NOT NULL,
        CONSTRAINT hours_minutes CHECK (CASE WHEN corrects_id IS NULL THEN minutes BETWEEN 1 AND 1440
                                             ELSE minutes BETWEEN -1440 AND 1440 AND minutes <> 0 END),
        CONSTRAINT hours_correction_has_reason CHECK ((corrects_id IS NULL) = (correction_reason IS NULL)),
        CONSTRAINT hours_sign_up_has_shift CHECK (sign_up_id IS NULL OR shift_id IS NOT NULL),
        CONSTRAINT hours_with_volunteer UNIQUE (id, volunteer_id),
        CONSTRAINT hours_correction_of_same_volunteer
          FOREIGN KEY (corrects_id, volunteer_id) REFERENCES volunteering.hours_record (id, volunteer_id),
        CONSTRAINT hours_record_account_of_volunteer
          FOREIGN KEY (volunteer_id, account_id) REFERENCES volunteering.volunteer (id, account_id),
        CONSTRAINT hours_not_by_oneself CHECK (account_id IS NULL OR recorded_by <> account_id::text),
        CONSTRAINT hours_entered_and_confirmed_by_two
          CHECK (entered_by IS NULL OR entered_by <> recorded_by)
      );
      CREATE UNIQUE INDEX hours_recorded_once ON volunteering.hours_record (sign_up_id) WHERE corrects_id IS NULL;
      CREATE INDEX hours_corrections ON volunteering.hours_record (corrects_id) WHERE corrects_id IS NOT NULL;
      CREATE INDEX hours_person ON volunteering.hours_record (volunteer_id, recorded_at DESC, id DESC);
      CREATE INDEX hours_project ON volunteering.hours_record (project_id);
    `);
    await grantModule(runner, 'volunteering', { appendOnly: ['attendance_note', 'hours_record'] });
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM platform.deadline WHERE rule_code LIKE 'volunteering.%';
      DROP SCHEMA volunteering CASCADE`);
  }
}
