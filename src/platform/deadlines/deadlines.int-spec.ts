import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Membership, newId, OFFICIAL_CALENDAR_YEARS } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Deadlines } from './deadlines.js';

/** The first year for which this release ships no official schedule. */
const UNKNOWN_YEAR = Math.max(...OFFICIAL_CALENDAR_YEARS.map(({ year }) => year)) + 1;

describe('legal deadlines', () => {
  let test: TestApp;
  let deadlines: Deadlines;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-02-13T04:00:00Z' });
    deadlines = test.get(Deadlines);
    await test.sql(
      `INSERT INTO platform.deadline_rule (code, zh, en, length, unit, legal_basis, grade, owner_role, consequence)
       VALUES ('probe.two-days', '测试', 'Test', 2, 'working-day', 'test', 'A', 'approver', 'test'),
              ('probe.month', '测试', 'Test', 1, 'month', 'test', 'A', 'approver', 'test')`,
    );
  });
  afterAll(() => test.stop());

  const subject = (areaCode = '999901') => ({ type: 'probe', id: newId(), areaCode });
  const start = (rule: string, about: ReturnType<typeof subject>, event?: Date) =>
    test.asSystem(() => test.uow.run(() => deadlines.start(rule, about, event)));
  const stored = async (id: string) =>
    (
      await test.sql<{ due_at: Date | null; met_at: Date | null }>(
        'SELECT due_at, met_at FROM platform.deadline WHERE subject_id = $1',
        [id],
      )
    )[0];
  const overdueIn = (areaCode: string) =>
    test.as({ memberships: [{ role: 'approver', areaCode }] }, () =>
      deadlines.overdue('operations:readOverdue', 50),
    );

  it('count working days over a holiday and the weekend worked for it, to the end of the day in China', async () => {
    // Friday 13 February 2026: Saturday 14 is worked, 15 to 23 is the Spring Festival.
    expect(await start('probe.two-days', subject())).toEqual(new Date('2026-02-24T15:59:59.999Z'));
    expect(await start('probe.month', subject())).toEqual(new Date('2026-03-13T15:59:59.999Z'));
  });

  it('start once for the same event, and stop when they are met', async () => {
    const about = subject();
    await start('probe.two-days', about);
    await start('probe.two-days', about);
    expect(await test.sql('SELECT FROM platform.deadline WHERE subject_id = $1', [about.id])).toHaveLength(1);
    await test.asSystem(() => test.uow.run(() => deadlines.meet('probe.two-days', about)));
    expect((await stored(about.id))?.met_at).toEqual(test.clock?.now());
  });

  it('are overdue after their last instant, for those who answer for the area only', async () => {
    const about = subject('999901');
    const due = await start('probe.two-days', about);
    const listed = async (areaCode: string) =>
      (await overdueIn(areaCode)).some(({ subjectId }) => subjectId === about.id);
    const before = test.clock?.now() ?? new Date();
    test.clock?.set(due ?? before);
    expect(await listed('999901')).toBe(false);
    test.clock?.advance(1);
    expect([await listed('999901'), await listed('9999'), await listed('999902')]).toEqual([
      true,
      true,
      false,
    ]);
    await test.asSystem(() => test.uow.run(() => deadlines.meet('probe.two-days', about)));
    expect(await listed('999901')).toBe(false);
    test.clock?.set(before);
  });

  it('are met for one rule on one subject, and leave every other clock running', async () => {
    const [about, other] = [subject(), subject()];
    await start('probe.two-days', about);
    await start('probe.month', about);
    await start('probe.two-days', other);
    await start('probe.two-days', { ...about, type: 'another' });
    await test.asSystem(() => test.uow.run(() => deadlines.meet('probe.two-days', about)));
    const open = await test.sql(
      `SELECT rule_code, subject_type, subject_id FROM platform.deadline
       WHERE subject_id = ANY($1::text[]) AND met_at IS NULL ORDER BY rule_code, subject_type`,
      [[about.id, other.id]],
    );
    expect(open).toEqual([
      { rule_code: 'probe.month', subject_type: 'probe', subject_id: about.id },
      { rule_code: 'probe.two-days', subject_type: 'another', subject_id: about.id },
      { rule_code: 'probe.two-days', subject_type: 'probe', subject_id: other.id },
    ]);
    // What was met in time stays so, whoever meets it again later.
    const met = test.clock?.now() ?? new Date();
    test.clock?.advance(86_400_000);
    await test.asSystem(() => test.uow.run(() => deadlines.meet('probe.two-days', about)));
    test.clock?.set(met);
    expect(
      await test.sql(
        `SELECT met_at FROM platform.deadline
         WHERE rule_code = 'probe.two-days' AND subject_type = 'probe' AND subject_id = $1`,
        [about.id],
      ),
    ).toEqual([{ met_at: met }]);
    await expect(deadlines.meet('probe.two-days', about)).rejects.toThrow('unit of work');
  });

  it('are listed with the longest overdue first, page by page, those without a date last', async () => {
    const area = '999905';
    const began = ['2026-01-05T04:00:00Z', '2026-01-06T04:00:00Z', '2026-01-06T04:00:00Z'].map(
      (instant) => new Date(instant),
    );
    const [first, second, third] = [subject(area), subject(area), subject(area)];
    await start('probe.two-days', second, began[1]);
    await start('probe.two-days', third, began[2]);
    await start('probe.two-days', first, began[0]);
    const undated = subject(area);
    await start('probe.two-days', undated, new Date(`${UNKNOWN_YEAR + 5}-06-01T04:00:00Z`));
    const read = (limit: number, after?: { dueAt: string; id: string }) =>
      test.as({ memberships: [{ role: 'approver', areaCode: area }] }, () =>
        deadlines.overdue('operations:readOverdue', limit, after),
      );
    const all = await read(50);
    expect(all.map(({ subjectId }) => subjectId)).toEqual([
      first.id,
      // Due at the same instant: in the order in which they were started.
      ...[second.id, third.id],
      undated.id,
    ]);
    const [page] = [await read(2)];
    const last = page.at(-1);
    expect(page).toEqual(all.slice(0, 2));
    expect(await read(50, { dueAt: last?.dueAt ?? '', id: last?.id ?? '' })).toEqual(all.slice(2, 3));
  });

  it('are listed for nobody who answers for no area', async () => {
    const read = (memberships: readonly Membership[]) =>
      test.as({ memberships }, () => deadlines.overdue('operations:readOverdue', 50));
    for (const memberships of [
      [],
      [{ role: 'finance', areaCode: '9999' }],
      [{ role: 'organization-admin', organizationId: newId() }],
    ] as const satisfies (readonly Membership[])[]) {
      await expect(read(memberships)).rejects.toMatchObject({ code: 'platform.forbidden' });
    }
  });

  it('that run into a year without an official calendar stay open without a date, until the year is entered', async () => {
    const about = subject();
    const lastWorkingDay = new Date(`${UNKNOWN_YEAR - 1}-12-31T04:00:00Z`);
    expect(await start('probe.two-days', about, lastWorkingDay)).toBeUndefined();
    expect(await stored(about.id)).toEqual({ due_at: null, met_at: null });
    expect(await overdueIn('999901')).toContainEqual(
      expect.objectContaining({ subjectId: about.id, dueAt: null }),
    );
    const met = subject();
    await start('probe.two-days', met, lastWorkingDay);
    await test.asSystem(() => test.uow.run(() => deadlines.meet('probe.two-days', met)));
    expect(await deadlines.computeWaiting()).toBe(0);
    await test.sql('INSERT INTO platform.calendar_year VALUES ($1, $2, $3, $4)', [
      UNKNOWN_YEAR,
      [`${UNKNOWN_YEAR}-01-01`],
      [`${UNKNOWN_YEAR}-01-02`],
      'made up for a test',
    ]);
    expect(await deadlines.computeWaiting()).toBe(1);
    // 1 January is a holiday; the 2nd is worked, whatever day of the week it is; the 4th is a Monday in 2027.
    const due = (await stored(about.id))?.due_at;
    expect(due?.toISOString().slice(0, 10)).toMatch(new RegExp(`^${UNKNOWN_YEAR}-01-0[3-5]$`));
    expect(await deadlines.computeWaiting()).toBe(0);
    // What was met without a date needs none any more.
    expect((await stored(met.id))?.due_at).toBeNull();
  });

  it('follow the calendar that was entered, where it says otherwise than the one that comes with the product', async () => {
    const undo = new Error('undone in any case');
    const friday = new Date('2026-02-13T04:00:00Z');
    const corrected = test.uow.run(async () => {
      // A year with one holiday, the Monday after that Friday.
      await test.sql('INSERT INTO platform.calendar_year VALUES ($1, $2, $3, $4)', [
        ...[2026, ['2026-02-16'], ['2026-02-15'], 'made up for a test'],
      ]);
      expect(await deadlines.compute('probe.two-days', friday)).toEqual(new Date('2026-02-17T15:59:59.999Z'));
      throw undo;
    });
    await expect(corrected).rejects.toBe(undo);
    expect(await deadlines.compute('probe.two-days', friday)).toEqual(new Date('2026-02-24T15:59:59.999Z'));
  });

  it('are computed by months where the law counts so, without a calendar of the year', async () => {
    const due = await start('probe.month', subject(), new Date(`${UNKNOWN_YEAR + 3}-01-31T04:00:00Z`));
    expect(due?.toISOString().slice(0, 8)).toBe(`${UNKNOWN_YEAR + 3}-02-`);
  });

  it('of a rule that nobody wrote down are a fault of the program', async () => {
    await expect(start('probe.unknown', subject())).rejects.toThrow(
      'No deadline rule is called probe.unknown',
    );
    await expect(test.asSystem(() => deadlines.start('probe.month', subject()))).rejects.toThrow(
      'unit of work',
    );
  });
});
