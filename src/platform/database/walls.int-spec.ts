import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { sqlState, violatedConstraint } from './database-error.js';

const ID = '01890000-0000-7000-8000-000000000001';
const OTHER_ID = '01890000-0000-7000-8000-000000000002';
const RULE_ID = '01890000-0000-7000-8000-000000000003';
const AT = '2026-11-23T08:00:00Z';

type Row = Readonly<Record<string, unknown>>;

/** A row of each table that nothing speaks against. */
const SOUND: Readonly<Record<string, Row>> = {
  outbox_event: { id: ID, type: 'probe-walls.happened.v1', payload: {}, actor_id: 'test', occurred_at: AT },
  relay_cursor: { name: 'probe-walls', xid: '0', seq: 0 },
  task: {
    ...{ id: ID, handler: 'probe-walls', key: 'one', queue: 'default', payload: {}, actor_id: 'test' },
    ...{ run_at: AT, every_ms: 1, state: 'waiting', created_at: AT },
  },
  idempotency_key: {
    scope: 'probe',
    key: '8-digits',
    request_hash: Buffer.from('00', 'hex'),
    created_at: AT,
  },
  audit_entry: { id: ID, at: AT, actor_id: 'test', action: 'a', object_type: 'probe', object_id: ID },
  file: {
    ...{ id: ID, name: 'a', media_type: 'text/plain', size_bytes: 1, sha256: 'a'.repeat(64) },
    ...{ uploaded_by: 'test', uploaded_at: AT, object_type: 'probe', object_id: ID },
  },
  figure: {
    ...{ code: 'probe-walls', area_code: '99', validity: '[2026-01-01,2027-01-01)', value: 1 },
    ...{ unit: 'x', source: 'x', grade: 'demo' },
  },
  deadline_rule: {
    ...{ id: ID, area_code: '99', validity: '[2026-01-01,2027-01-01)' },
    ...{ code: 'probe-walls', zh: 'x', en: 'x', length: 1, unit: 'month', legal_basis: 'x', grade: 'A' },
    ...{ owner_role: 'approver', consequence: 'x' },
  },
  deadline: {
    ...{
      id: ID,
      rule_id: RULE_ID,
      rule_code: 'probe-walls-known',
      subject_type: 'probe',
      subject_id: ID,
      area_code: '99',
    },
    ...{ started_at: AT, due_at: '2026-11-24T08:00:00Z' },
  },
  refusal: {
    ...{
      id: ID,
      occurred_at: AT,
      actor_id: ID,
      action: 'probe.walls',
      object_type: 'probe.object',
      object_id: ID,
    },
    ...{ code: 'probe.refused', details: { left: 1 }, request_id: ID },
  },
  calendar_year: { year: 2024, holidays: '{}', makeup_workdays: '{}', source: 'x' },
};

interface Wall {
  readonly table: string;
  /** Changes to a sound row that the wall must keep out, each alone; a repetition is the sound row beside another. */
  readonly out?: readonly Row[];
  readonly twice?: Row;
  /** Changes right up to the wall that it must let in. */
  readonly in?: readonly Row[];
}

const WALLS: Readonly<Record<string, Wall>> = {
  outbox_event_pk: { table: 'outbox_event' },
  outbox_event_id_once: { table: 'outbox_event', twice: {} },
  outbox_event_type_form: {
    table: 'outbox_event',
    out: ['Probe.happened.v1', 'probe.happened', 'probe.happened.v', 'a.b.v1 ', 'a.b.c.v1', ''].map(
      (type) => ({
        type,
      }),
    ),
    in: [{ type: 'a.b.v10' }],
  },
  relay_cursor_pkey: { table: 'relay_cursor', twice: { seq: 1 } },
  task_pkey: { table: 'task', twice: { key: 'two' } },
  task_once: { table: 'task', twice: { id: OTHER_ID } },
  task_every_positive: { table: 'task', out: [{ every_ms: 0 }, { every_ms: -1 }], in: [{ every_ms: null }] },
  task_state_known: {
    table: 'task',
    out: [{ state: 'running' }, { state: '' }],
    in: ['queued', 'done', 'dead', 'cancelled'].map((state) => ({ state })),
  },
  idempotency_key_pk: { table: 'idempotency_key', twice: {} },
  idempotency_key_length: {
    table: 'idempotency_key',
    out: [{ key: 'seven77' }, { key: 'k'.repeat(201) }],
    in: [{ key: 'k'.repeat(200) }],
  },
  audit_entry_pkey: { table: 'audit_entry', twice: {} },
  file_pkey: { table: 'file', twice: {} },
  file_name_length: {
    table: 'file',
    out: [{ name: '' }, { name: 'n'.repeat(201) }],
    in: [{ name: 'n'.repeat(200) }],
  },
  file_not_empty: { table: 'file', out: [{ size_bytes: 0 }, { size_bytes: -1 }] },
  file_sha256_form: {
    table: 'file',
    out: ['A'.repeat(64), 'a'.repeat(63), 'a'.repeat(65), `${'a'.repeat(63)}g`].map((sha256) => ({ sha256 })),
  },
  file_attached_whole: {
    table: 'file',
    out: [{ object_id: null }, { object_type: null }],
    in: [{ object_id: null, object_type: null }],
  },
  figure_grade_known: {
    table: 'figure',
    out: [{ grade: 'D' }, { grade: '' }],
    in: [{ grade: 'A' }, { grade: 'M' }],
  },
  figure_one_at_a_time: { table: 'figure', twice: { validity: '[2026-12-31,)' } },
  deadline_rule_pkey: { table: 'deadline_rule', twice: { validity: '[2027-01-01,)' } },
  deadline_rule_one_at_a_time: { table: 'deadline_rule', twice: { id: OTHER_ID, validity: '[2026-12-31,)' } },
  deadline_rule_length: { table: 'deadline_rule', out: [{ length: 0 }, { length: -1 }] },
  deadline_rule_unit: {
    table: 'deadline_rule',
    out: [{ unit: 'week' }, { unit: '' }],
    in: ['calendar-day', 'working-day', 'year'].map((unit) => ({ unit })),
  },
  deadline_pkey: { table: 'deadline', twice: { started_at: '2026-11-22T08:00:00Z' } },
  deadline_rule_known: { table: 'deadline', out: [{ rule_code: 'probe-walls' }, { rule_id: OTHER_ID }] },
  deadline_once: { table: 'deadline', twice: { id: OTHER_ID } },
  deadline_order: {
    table: 'deadline',
    out: [{ due_at: AT }, { due_at: '2026-11-22T08:00:00Z' }],
    in: [{ due_at: '2026-11-23T08:00:00.001Z' }, { due_at: null }],
  },
  refusal_pkey: { table: 'refusal', twice: { request_id: OTHER_ID } },
  refusal_once_per_request: { table: 'refusal', twice: { id: OTHER_ID } },
  refusal_action_form: {
    table: 'refusal',
    out: ['probe', 'Probe.walls', 'probe.walls.too', `a.${'b'.repeat(61)}`, ''].map((action) => ({ action })),
    in: [{ action: `a-b.${'c'.repeat(60)}` }],
  },
  refusal_object_type_form: {
    table: 'refusal',
    out: ['probe', 'probe.Object', '', `a.${'b'.repeat(61)}`].map((object_type) => ({ object_type })),
    in: [{ object_type: `a.${'b'.repeat(60)}` }],
  },
  refusal_object_whole: {
    table: 'refusal',
    out: [{ object_id: null }, { object_type: null }],
    in: [{ object_id: null, object_type: null }],
  },
  refusal_code_form: {
    table: 'refusal',
    out: ['refused', 'probe.Refused', '', `a.${'b'.repeat(61)}`].map((code) => ({ code })),
    in: [{ code: `a-1.${'b'.repeat(60)}` }],
  },
  refusal_details_size: {
    table: 'refusal',
    out: [{ details: JSON.stringify('d'.repeat(3_999)) }],
    in: [{ details: JSON.stringify('d'.repeat(3_998)) }, { details: null }],
  },
  calendar_year_pkey: { table: 'calendar_year', twice: {} },
  calendar_year_range: {
    table: 'calendar_year',
    out: [{ year: 2023 }, { year: 2101 }],
    in: [{ year: 2100 }],
  },
};

describe('the walls of the platform’s tables', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
    await insert('deadline_rule', { ...SOUND['deadline_rule'], id: RULE_ID, code: 'probe-walls-known' });
  });
  afterAll(() => test.stop());

  async function insert(table: string, row: Row): Promise<void> {
    const names = Object.keys(row);
    await test.sql(
      `INSERT INTO platform.${table} (${names.join(', ')}) VALUES (${names.map((_, at) => `$${at + 1}`).join(', ')})`,
      Object.values(row),
    );
  }

  /** Past every rule of the product, straight into the table. @returns which wall stopped it; nothing stays */
  async function tried(table: string, ...rows: readonly Row[]): Promise<string> {
    const undo = new Error('undone in any case');
    const thrown: unknown = await test.uow
      .run(async () => {
        for (const row of rows) await insert(table, { ...SOUND[table], ...row });
        throw undo;
      })
      .catch((error: unknown) => error);
    return thrown === undo ? 'let in' : (violatedConstraint(thrown) ?? `SQLSTATE ${sqlState(thrown) ?? '-'}`);
  }

  it('are all in this list', async () => {
    const found = await test.sql<{ name: string; table: string }>(
      `SELECT k.conname AS name, c.relname AS table FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
       WHERE k.connamespace = 'platform'::regnamespace AND k.contype IN ('c', 'u', 'x', 'f', 'p')
         -- A unique key around the primary key refuses nothing by itself: it is there to be referred to.
         AND NOT (k.contype = 'u' AND EXISTS (SELECT FROM pg_constraint p
           WHERE p.conrelid = k.conrelid AND p.contype = 'p' AND p.conkey <@ k.conkey))
       ORDER BY 1`,
    );
    const listed = Object.entries(WALLS).map(([name, { table }]) => ({ name, table }));
    expect(found).toEqual(listed.sort((a, b) => (a.name < b.name ? -1 : 1)));
  });

  it.each(Object.keys(SOUND))('let in what is sound: %s', async (table) => {
    expect(await tried(table, {})).toBe('let in');
  });

  it.each(Object.entries(WALLS))(
    'stand, each alone: %s',
    async (name, { table, out = [], twice, in: near = [] }) => {
      for (const changes of out) expect([changes, await tried(table, changes)]).toEqual([changes, name]);
      for (const changes of near) expect([changes, await tried(table, changes)]).toEqual([changes, 'let in']);
      if (twice) expect(await tried(table, {}, twice)).toBe(name);
    },
  );

  it('keep one figure for an area at a time, and let the next begin on the day on which it ends', async () => {
    expect(await tried('figure', {}, { validity: '[2027-01-01,)' })).toBe('let in');
    expect(await tried('figure', {}, { area_code: '9901' })).toBe('let in');
    expect(await tried('figure', {}, { code: 'probe-walls-other' })).toBe('let in');
  });
});
