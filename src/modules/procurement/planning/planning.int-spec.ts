import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Money } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../../test/support/app.js';
import { DISTRICT, Given, type Person, tenderFile } from '../../../../test/support/given.js';
import { AssignBudget } from './assign-budget.js';
import { CreatePlanItem } from './create-plan-item.js';
import type { PlanItemValues } from './plan-item.entity.js';
import { DraftTender } from '../tendering/draft-tender.js';
import { ImportPlan } from '../importing/import-plan.js';
import { MakePlanItemReady } from './make-plan-item-ready.js';
import { type PlanItemFilter, PlanItemReads } from './plan-items.read.js';
import { PublishIntention } from './publish-intention.js';
import { type OpinionToRecord, RecordOpinion } from './record-opinion.js';

const refused = (code: string) => expect.objectContaining({ code });
const STREET = `${DISTRICT}001`;
const OTHER_STREET = `${DISTRICT}002`;

/** Half past midnight in China, when it is still the day before in Greenwich. */
const NOW = '2026-03-31T00:30:00+08:00';

describe('the gates of a plan item', () => {
  let test: TestApp;
  let given: Given;
  beforeAll(async () => {
    test = await startTestApp({ now: NOW });
    given = await Given.in(test);
  });
  afterAll(() => test.stop());

  const create = (values: Partial<PlanItemValues> = {}, person: Person = given.purchaser) =>
    test.as(person, () =>
      test.get(CreatePlanItem).execute({
        areaCode: DISTRICT,
        buyerName: '测试街道办事处',
        title: '测试项目',
        summary: '',
        serviceKind: 'auxiliary',
        budget: Money.fen(1_000_000),
        expectedMonth: '2026-12',
        ...values,
      }),
    );
  const assign = (planItemId: string, budgetLineId: string, buyerOrganizationId: string) =>
    test.as(given.purchaser, () =>
      test.get(AssignBudget).execute(planItemId, { budgetLineId, buyerOrganizationId }),
    );
  const makeReady = (planItemId: string, exemptionReason?: string) =>
    test.as(given.purchaser, () =>
      test
        .get(MakePlanItemReady)
        .execute(planItemId, exemptionReason === undefined ? {} : { exemptionReason }),
    );
  const record = (planItemId: string, opinion: Partial<OpinionToRecord> = {}) =>
    test.as(given.purchaser, () =>
      test.get(RecordOpinion).execute(planItemId, {
        kind: 'public-opinion',
        channel: '议事会',
        beganOn: '2026-03-02',
        endedOn: '2026-03-09',
        commentCount: 0,
        respondents: [],
        summary: '支持',
        reply: '',
        ...opinion,
      }),
    );
  /** Its intention is public since `publishedAt`, as far as the clock of the test goes. */
  const intended = async (publishedAt: string): Promise<string> => {
    const { id } = await create();
    await assign(id, await given.budgetLine(), await given.buyer());
    test.clock?.set(publishedAt);
    try {
      await test.as(given.purchaser, () => test.get(PublishIntention).execute(id));
    } finally {
      test.clock?.set(NOW);
    }
    return id;
  };

  describe('money', () => {
    it('comes from a line of the buyer who is named, not of another one', async () => {
      const { id } = await create();
      const lineId = await given.budgetLine();
      await expect(assign(id, lineId, await given.newBuyer())).rejects.toEqual(
        refused('procurement.budget-line-of-other-buyer'),
      );
      expect(await assign(id, lineId, await given.buyer())).toMatchObject({ state: 'budgeted' });
    });

    it('comes from the area itself, from the one above or from one below, never from beside', async () => {
      const [ofDistrict, ofStreet, besideIt] = [
        await given.budgetLine(),
        await given.budgetLine({ areaCode: STREET }),
        await given.budgetLine({ areaCode: OTHER_STREET }),
      ];
      const buyer = await given.buyer();
      const street = await create({ areaCode: STREET });
      await expect(assign(street.id, besideIt, buyer)).rejects.toEqual(
        refused('procurement.budget-line-of-other-area'),
      );
      expect(await assign(street.id, ofDistrict, buyer)).toMatchObject({ budgetLineId: ofDistrict });
      expect(await assign(street.id, ofStreet, buyer)).toMatchObject({ budgetLineId: ofStreet });
      const district = await create();
      expect(await assign(district.id, ofStreet, buyer)).toMatchObject({ budgetLineId: ofStreet });
    });

    it('is enough to the fen, on a line that is open', async () => {
      const lineId = await given.budgetLine({ amountFen: 1_000_000 });
      const buyer = await given.buyer();
      const tooLarge = await create({ budget: Money.fen(1_000_001) });
      await expect(assign(tooLarge.id, lineId, buyer)).rejects.toEqual(
        expect.objectContaining({ code: 'procurement.budget-line-too-small', details: { missingFen: 1 } }),
      );
      const { id } = await create({ budget: Money.fen(1_000_000) });
      await assign(id, lineId, buyer);
      await given.asDatabaseAdministrator(
        `UPDATE budgets.budget_line SET status = 'closed' WHERE id = '${lineId}'`,
      );
      await expect(assign(id, lineId, buyer)).rejects.toEqual(refused('procurement.budget-line-closed'));
    });
  });

  describe('the lead time of an intention', () => {
    it('is over on the thirtieth day after it, counted in China', async () => {
      // Published in the last minute of 1 March: thirty days later is 31 March, today.
      const inTime = await intended('2026-03-01T23:59:00+08:00');
      expect(await makeReady(inTime)).toMatchObject({ state: 'ready', leadExemptionReason: null });
      // Published in the first minutes of 2 March, which in Greenwich was still the 1st.
      const aDayShort = await intended('2026-03-02T00:10:00+08:00');
      await expect(makeReady(aDayShort)).rejects.toEqual(
        expect.objectContaining({
          code: 'procurement.intention-too-recent',
          details: { days: 30, earliest: '2026-04-01' },
        }),
      );
      expect(await makeReady(aDayShort, '突发事件应急需要')).toMatchObject({
        state: 'ready',
        leadExemptionReason: '突发事件应急需要',
      });
    });

    it('is passed by officials of the area only', async () => {
      const id = await intended('2026-02-01T09:00:00+08:00');
      for (const person of [given.official('purchaser', OTHER_STREET), given.official('approver')])
        await expect(test.as(person, () => test.get(MakePlanItemReady).execute(id))).rejects.toEqual(
          refused('platform.not-found'),
        );
    });
  });

  describe('an opinion', () => {
    it('ends on the day it began or later', async () => {
      const { id } = await create();
      await expect(record(id, { endedOn: '2026-03-01' })).rejects.toEqual(
        refused('procurement.opinion-not-answered'),
      );
      await record(id, { endedOn: '2026-03-02' });
    });

    it('has been held when it is recorded: it ends today in China at the latest', async () => {
      const { id } = await create();
      for (const kind of ['public-opinion', 'need-survey'] as const) {
        const asked = { kind, respondents: ['甲', '乙', '丙'] };
        await expect(record(id, { ...asked, endedOn: '2026-04-01' })).rejects.toEqual(
          expect.objectContaining({
            code: 'procurement.opinion-not-held-yet',
            kind: 'unprocessable',
            details: { endedOn: '2026-04-01' },
          }),
        );
        await record(id, { ...asked, endedOn: '2026-03-31' });
      }
    });

    it('opens no gate before the day on which it ends, however it came to be recorded', async () => {
      const { id } = await create({ serviceKind: 'public-service' });
      await assign(id, await given.budgetLine(), await given.buyer());
      test.clock?.set('2026-02-01T09:00:00+08:00');
      await test.as(given.purchaser, () => test.get(PublishIntention).execute(id));
      test.clock?.set('2026-04-02T09:00:00+08:00');
      await record(id, { endedOn: '2026-04-01' });
      await record(id, { kind: 'need-survey', respondents: ['甲', '乙', '丙'], endedOn: '2026-04-01' });
      test.clock?.set(NOW);
      await expect(makeReady(id)).rejects.toEqual(refused('procurement.opinion-missing'));
      test.clock?.set('2026-04-01T00:00:00+08:00');
      try {
        expect(await makeReady(id)).toMatchObject({ state: 'ready' });
      } finally {
        test.clock?.set(NOW);
      }
    });

    it('answers comments with words that can be seen', async () => {
      const { id } = await create();
      for (const reply of ['', ' ', '　', '\u200B\u3164'])
        await expect(record(id, { commentCount: 5, reply })).rejects.toEqual(
          refused('procurement.opinion-not-answered'),
        );
      await record(id, { commentCount: 5, reply: '已采纳' });
    });

    it('asks three organizations: no blanks, and none that is written in three ways', async () => {
      const { id } = await create();
      const survey = (...respondents: string[]) => record(id, { kind: 'need-survey', respondents });
      for (const respondents of [
        [' ', '  ', '　'],
        ['甲', '乙', '\u200B'],
        ['甲 社', '甲社\u200B', '甲　社', 'ABC社', 'ａｂｃ社'],
      ])
        await expect(survey(...respondents)).rejects.toEqual(
          refused('procurement.survey-too-few-respondents'),
        );
      await survey('甲', '乙', '丙');
    });

    it('is not asked for show once the need is final', async () => {
      const id = await intended('2026-02-01T09:00:00+08:00');
      await record(id);
      await makeReady(id);
      await expect(record(id)).rejects.toEqual(refused('state.wrong-state'));
    });
  });

  it('takes each step in its turn', async () => {
    const { id } = await create();
    const [lineId, buyer] = [await given.budgetLine(), await given.buyer()];
    const publish = () => test.as(given.purchaser, () => test.get(PublishIntention).execute(id));
    const outOfTurn = refused('state.wrong-state');
    await expect(publish()).rejects.toEqual(outOfTurn);
    await expect(makeReady(id, '突发事件应急需要')).rejects.toEqual(outOfTurn);
    await assign(id, lineId, buyer);
    await expect(makeReady(id, '突发事件应急需要')).rejects.toEqual(outOfTurn);
    await publish();
    await expect(publish()).rejects.toEqual(outOfTurn);
    await expect(assign(id, lineId, buyer)).rejects.toEqual(outOfTurn);
    await makeReady(id, '突发事件应急需要');
    await expect(makeReady(id, '突发事件应急需要')).rejects.toEqual(outOfTurn);
  });

  it('lets plans be made only for areas that are in force', async () => {
    await test.sql(
      `INSERT INTO identity.area (code, name, level, parent_code, valid_to, source)
       VALUES ('999901901', '已撤销街道', 'street', '${DISTRICT}', '2026-03-31', 'test')`,
    );
    const retired = '999901901';
    await expect(create({ areaCode: retired })).rejects.toEqual(refused('identity.area-not-in-force'));
    await expect(
      test.as(given.purchaser, () =>
        test.get(ImportPlan).execute({ areaCode: retired, fileName: 'plan.csv', content: Buffer.from('x') }),
      ),
    ).rejects.toEqual(refused('identity.area-not-in-force'));
    await expect(create({}, given.official('purchaser', STREET))).rejects.toEqual(
      refused('platform.not-found'),
    );
  });

  it('is tendered once when two purchasers draft at the same moment', async () => {
    const { planItemId } = await given.readyPlanItem();
    const draft = () =>
      test
        .as(given.purchaser, () => test.get(DraftTender).execute(planItemId, tenderFile()))
        .then(
          () => 'ok',
          (error: unknown) => (error as { code?: string }).code,
        );
    expect((await Promise.all([draft(), draft(), draft()])).sort()).toEqual([
      'ok',
      'procurement.plan-item-already-tendered',
      'procurement.plan-item-already-tendered',
    ]);
  });

  describe('the list', () => {
    const list = (person: Person, filter: Partial<PlanItemFilter>) =>
      test.as(person, () => test.get(PlanItemReads).list({ limit: 200, stage: 'public', ...filter }));
    /** Those that begin with the mark of the test; the mark is left out. */
    const titles = async (mark: string, person: Person, filter: Partial<PlanItemFilter>) =>
      (await list(person, filter)).items.flatMap(({ title }) =>
        title.startsWith(mark) ? [title.slice(mark.length + 1)] : [],
      );
    /** One per state on the way to the public, in two streets and two months. */
    const givenFour = async (mark: string) => {
      const [lineId, buyer] = [await given.budgetLine(), await given.buyer()];
      const make = async (title: string, values: Partial<PlanItemValues>, steps: number) => {
        const { id } = await create({ title: `${mark} ${title}`, ...values });
        if (steps > 0) await assign(id, lineId, buyer);
        if (steps > 1) await test.as(given.purchaser, () => test.get(PublishIntention).execute(id));
      };
      await make('draft', { areaCode: STREET }, 0);
      await make('budgeted', { areaCode: STREET }, 1);
      await make('late', { areaCode: STREET, expectedMonth: '2027-02' }, 2);
      await make('early', { areaCode: OTHER_STREET, expectedMonth: '2027-01' }, 2);
    };

    it('shows the public what is intended, the nearest month first, by area and month', async () => {
      await givenFour('public');
      const reader = await given.account();
      const shown = (filter: Partial<PlanItemFilter>) => titles('public', reader, filter);
      expect(await shown({})).toEqual(['early', 'late']);
      expect(await shown({ areaCode: STREET })).toEqual(['late']);
      expect(await shown({ areaCode: DISTRICT, month: '2027-01' })).toEqual(['early']);
    });

    it('shows officials everything in their own areas and nothing beside them', async () => {
      await givenFour('official');
      const all = async (areaCode: string) =>
        (await titles('official', given.official('auditor', areaCode), { stage: 'all' })).sort();
      expect(await all(STREET)).toEqual(['budgeted', 'draft', 'late']);
      expect(await all(OTHER_STREET)).toEqual(['early']);
      expect(await all(DISTRICT)).toEqual(['budgeted', 'draft', 'early', 'late']);
    });

    it('hides from the public a single item until its intention', async () => {
      const reader = await given.account();
      const { id } = await create({ areaCode: STREET });
      const one = () => test.as(reader, () => test.get(PlanItemReads).one(id));
      await expect(one()).rejects.toEqual(refused('platform.not-found'));
      await assign(id, await given.budgetLine(), await given.buyer());
      await expect(one()).rejects.toEqual(refused('platform.not-found'));
      await test.as(given.purchaser, () => test.get(PublishIntention).execute(id));
      expect(await one()).toMatchObject({ state: 'intention-published' });
    });
  });
});
