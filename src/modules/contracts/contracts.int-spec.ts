import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { addCalendarDays, addMonths, chinaDate, endOfChinaDay, Money, newId } from '#libs/kernel';
import { BudgetsApi } from '#modules/budgets';
import { platformErrors, Register } from '#platform';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Given, type Person, type Supplier } from '../../../test/support/given.js';
import { DataChecks } from '../../platform/checks/data-check.js';
import { ReinstateOrganization } from '../organizations/application/reinstate-organization.js';
import { SuspendOrganization } from '../organizations/application/suspend-organization.js';
import type { ContractTerms } from './terms/contract-terms.js';
import { AcceptMilestone } from './delivery/accept-milestone.js';
import type { EntityRows } from '../../platform/register/entity-rows.js';
import { ContractReads } from './terms/contracts.read.js';
import { DeliverMilestone } from './delivery/deliver-milestone.js';
import { DraftContractWhenTenderAwarded } from './terms/draft-contract-when-tender-awarded.handler.js';
import { MarkMilestonePaidWhenPaymentSettled } from './payment/mark-milestone-paid-when-payment-settled.handler.js';
import { DeliveryReads } from './delivery/deliveries.read.js';
import { RejectMilestone } from './delivery/reject-milestone.js';
import { RequestPayment } from './payment/request-payment.js';
import { SetTerms } from './terms/set-terms.js';
import { SignContract } from './signing/sign-contract.js';

const refused = (code: string) => expect.objectContaining({ code });
const HALF_FEN = 9_000_000;

interface GivenContract {
  readonly id: string;
  readonly awardId: string;
  readonly lineId: string;
  readonly supplier: Supplier;
}

describe('a contract', () => {
  let test: TestApp;
  let given: Given;
  let acceptor: Person;
  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
    acceptor = given.official('acceptor');
  });
  afterAll(async () => {
    const broken = (await test.get(DataChecks).runAll()).filter(({ offending }) => offending.length > 0);
    await test.stop();
    expect(broken).toEqual([]);
  });

  const today = chinaDate(new Date());
  const terms = (changes: Partial<ContractTerms> = {}): ContractTerms => ({
    startsOn: today,
    endsOn: addCalendarDays(today, 100),
    multiYearConditionsMet: false,
    texts: {
      content: '每周探访',
      quantity: '三百人',
      quality: '满意率九成',
      settlement: '分两期',
      rightsAndDuties: '按采购文件',
      breach: '按法律规定',
    },
    milestones: ['首期', '末期'].map((title, index) => ({
      title,
      amount: Money.fen(HALF_FEN),
      dueOn: addCalendarDays(today, 10 + index * 10),
      acceptanceDueOn: addCalendarDays(today, 15 + index * 10),
    })),
    ...changes,
  });
  const read = (id: string) => test.as(given.purchaser, () => test.get(ContractReads).read(id));
  const setTerms = async (id: string, changes?: Partial<ContractTerms>, by: Person = given.purchaser) => {
    const { version } = await read(id);
    return test.as(by, () => test.get(SetTerms).execute(id, version, terms(changes)));
  };
  const sign = async (id: string, by: Person) => {
    const { version } = await read(id);
    return test.as(by, () => test.get(SignContract).execute(id, version));
  };
  const deliver = (milestoneId: string, by: Person) =>
    test.as(by, () => test.get(DeliverMilestone).execute(milestoneId, { note: '已完成', fileIds: [] }));
  const accept = (milestoneId: string, by: Person = acceptor, deliveryId?: string) =>
    test.as(by, () =>
      test.get(AcceptMilestone).execute(milestoneId, {
        note: '合格',
        opinions: [{ satisfied: true }],
        deliveryId,
      }),
    );
  const reject = (milestoneId: string, deliveryId?: string) =>
    test.as(acceptor, () =>
      test.get(RejectMilestone).execute(milestoneId, { reason: '材料不全', deliveryId }),
    );
  const pay = (milestoneId: string, by: Person = given.finance) =>
    test.as(by, () => test.get(RequestPayment).execute(milestoneId));
  const statesOf = async (id: string) => {
    const { state, milestones } = await read(id);
    return [state, ...milestones.map((milestone) => milestone.state)];
  };

  async function draft(): Promise<GivenContract> {
    const tender = await given.awardedTender();
    await test.settle();
    const page = await test.as(given.purchaser, () => test.get(ContractReads).list({ limit: 200 }));
    const contract = page.items.find(({ awardId }) => awardId === tender.award.awardId);
    const winner = tender.bids.find(({ bidId }) => bidId === tender.award.bidId);
    if (!contract || !winner) throw new Error('The award left no contract');
    return { id: contract.id, awardId: contract.awardId, lineId: tender.lineId, supplier: winner.supplier };
  }
  async function active(): Promise<GivenContract & { milestoneIds: [string, string] }> {
    const contract = await draft();
    await setTerms(contract.id);
    await sign(contract.id, given.approver);
    await sign(contract.id, contract.supplier.admin);
    await test.settle();
    const { milestones } = await read(contract.id);
    return { ...contract, milestoneIds: [milestones[0]?.id ?? '', milestones[1]?.id ?? ''] };
  }

  it('runs from the award to the last payment, and the money with it', async () => {
    const { id, lineId, supplier } = await draft();
    expect(await statesOf(id)).toEqual(['draft', 'planned']);
    await setTerms(id);
    expect(await sign(id, given.approver)).toEqual({ side: 'buyer', state: 'part-signed' });
    expect(await sign(id, supplier.admin)).toEqual({ side: 'supplier', state: 'signed' });
    await test.settle();
    expect(await statesOf(id)).toEqual(['active', 'planned', 'planned']);
    for (const { id: milestoneId } of (await read(id)).milestones) {
      await deliver(milestoneId, supplier.admin);
      await accept(milestoneId);
      await pay(milestoneId);
    }
    await test.settle();
    expect(await statesOf(id)).toEqual(['completed', 'paid', 'paid']);
    const balances = await test.get(BudgetsApi).balances(lineId);
    expect([balances.paid.toFen(), balances.encumbered.toFen(), balances.accrued.toFen()]).toEqual([
      2 * HALF_FEN,
      0,
      0,
    ]);
    const hashes = await test.sql(
      'SELECT DISTINCT terms_hash FROM contracts.signature WHERE contract_id = $1',
      [id],
    );
    expect(hashes).toHaveLength(1);
  });

  it('is drafted once per award and paid once per payment, however often the event comes', async () => {
    const { awardId, milestoneIds, supplier, id } = await active();
    const again = () =>
      test.asSystem(() => test.uow.run(() => test.get(DraftContractWhenTenderAwarded).run({ awardId })));
    await again();
    expect(await test.sql('SELECT 1 FROM contracts.contract WHERE award_id = $1', [awardId])).toHaveLength(1);
    await deliver(milestoneIds[0], supplier.admin);
    await accept(milestoneIds[0]);
    await pay(milestoneIds[0]);
    await test.settle();
    await test.asSystem(() =>
      test.uow.run(() =>
        test
          .get(MarkMilestonePaidWhenPaymentSettled)
          .run({ milestoneId: milestoneIds[0], amountFen: HALF_FEN }),
      ),
    );
    expect(await statesOf(id)).toEqual(['active', 'paid', 'planned']);
    const events = await test.sql(
      `SELECT 1 FROM platform.outbox_event
       WHERE type = 'contracts.milestone-paid.v1' AND payload ->> 'milestoneId' = $1`,
      [milestoneIds[0]],
    );
    expect(events).toHaveLength(1);
  });

  it('starts the clock of signing at the award, not when somebody gets to it', async () => {
    const { id, awardId } = await draft();
    const [row] = await test.sql<{ same: boolean }>(
      `SELECT d.started_at = date_trunc('milliseconds', a.awarded_at) AS same
       FROM platform.deadline d, procurement.award a
       WHERE d.rule_code = 'contracts.sign' AND d.subject_id = $1 AND a.id = $2`,
      [id, awardId],
    );
    expect(row?.same).toBe(true);
  });

  describe('being agreed', () => {
    it('wants the version that was seen, for terms and for a signature', async () => {
      const { id } = await draft();
      await setTerms(id);
      await expect(
        test.as(given.purchaser, () => test.get(SetTerms).execute(id, 1, terms())),
      ).rejects.toEqual(refused('platform.version-mismatch'));
      await expect(test.as(given.approver, () => test.get(SignContract).execute(id, 1))).rejects.toEqual(
        refused('platform.version-mismatch'),
      );
    });

    it('keeps the hands apart: drafter, buyer and supplier', async () => {
      const { id, supplier } = await draft();
      const both: Person = {
        accountId: given.purchaser.accountId,
        memberships: [...given.purchaser.memberships, ...given.approver.memberships],
      };
      await setTerms(id);
      await expect(sign(id, both)).rejects.toEqual(refused('contracts.drafter-may-sign'));
      await sign(id, supplier.admin);
      const turncoat: Person = {
        accountId: supplier.admin.accountId,
        memberships: given.approver.memberships,
      };
      await expect(sign(id, turncoat)).rejects.toEqual(refused('contracts.signs-for-both'));
      await expect(sign(id, supplier.admin)).rejects.toEqual(refused('contracts.already-signed'));
    });

    it('refuses terms that the law or the sum forbids, empty texts, and changes after a signature', async () => {
      const { id, supplier } = await draft();
      await expect(sign(id, given.approver)).rejects.toEqual(refused('contracts.terms-incomplete'));
      await expect(setTerms(id, { endsOn: today })).rejects.toEqual(refused('contracts.term-invalid'));
      await expect(setTerms(id, { endsOn: addCalendarDays(today, 400) })).rejects.toEqual(
        refused('contracts.term-over-one-year'),
      );
      const yearAndADay = addMonths(today, 12);
      await expect(setTerms(id, { endsOn: yearAndADay })).rejects.toEqual(
        refused('contracts.term-over-one-year'),
      );
      const forge = (endsOn: string) =>
        test.sql('UPDATE contracts.contract SET starts_on = $2, ends_on = $3 WHERE id = $1', [
          id,
          today,
          endsOn,
        ]);
      await expect(forge(yearAndADay)).rejects.toThrow('contract_term_over_a_year_needs_conditions');
      await expect(forge(addMonths(today, 36))).rejects.toThrow('contract_term_at_most_three_years');
      const [one] = terms().milestones;
      await expect(setTerms(id, { milestones: one ? [one] : [] })).rejects.toEqual(
        refused('contracts.milestones-do-not-sum'),
      );
      await setTerms(id);
      await sign(id, supplier.admin);
      await expect(setTerms(id)).rejects.toEqual(refused('state.wrong-state'));
    });

    it('is not signed when its term is over, nor with a supplier who is suspended', async () => {
      const { id, supplier } = await draft();
      await setTerms(id, {
        startsOn: addCalendarDays(today, -30),
        endsOn: addCalendarDays(today, -1),
        milestones: terms().milestones.map((milestone) => ({
          ...milestone,
          dueOn: addCalendarDays(today, -20),
          acceptanceDueOn: addCalendarDays(today, -10),
        })),
      });
      await expect(sign(id, given.approver)).rejects.toEqual(refused('contracts.term-over'));
      await setTerms(id);
      const { organizationId } = supplier;
      await test.as(given.civilAffairs, () =>
        test.get(SuspendOrganization).execute({ organizationId, reason: '年检未通过' }),
      );
      await expect(sign(id, given.approver)).rejects.toEqual(refused('organizations.not-a-supplier'));
      await test.as(given.civilAffairs, () => test.get(ReinstateOrganization).execute({ organizationId }));
    });

    it('is signed once by each side, also when everybody signs at once', async () => {
      const { id, supplier } = await draft();
      await setTerms(id);
      const { version } = await read(id);
      const signers = [given.approver, given.awarder, supplier.admin, supplier.admin];
      const results = await Promise.allSettled(
        signers.map((by) => test.as(by, () => test.get(SignContract).execute(id, version))),
      );
      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await read(id)).signedBy).toHaveLength(1);
    });

    it('does nothing before it is active, and answers strangers as if it were not there', async () => {
      const { id, supplier } = await draft();
      await setTerms(id);
      const milestoneId = (await read(id)).milestones[0]?.id ?? '';
      await expect(deliver(milestoneId, supplier.admin)).rejects.toEqual(refused('contracts.not-active'));
      const [stranger] = (await given.suppliers(3)).filter(
        ({ organizationId }) => organizationId !== supplier.organizationId,
      );
      const notFound = refused('platform.not-found');
      await expect(deliver(milestoneId, stranger?.admin ?? acceptor)).rejects.toEqual(notFound);
      await expect(sign(id, given.official('approver', '330102'))).rejects.toEqual(notFound);
      await expect(accept(milestoneId, given.official('acceptor', '330102'))).rejects.toEqual(notFound);
    });

    it('answers not found when its milestones are written anew at that moment', async () => {
      const { id } = await draft();
      const milestoneId = (await read(id)).milestones[0]?.id ?? '';
      const { version } = await read(id);
      // The terms change between the look-up of the milestone and the lock on its contract.
      const { rows } = test.get(Register) as unknown as { rows: EntityRows };
      const lock = rows.lock.bind(rows);
      rows.lock = async (entity, ids) => {
        rows.lock = lock;
        await test.uow.apart(() =>
          test.as(given.purchaser, () => test.get(SetTerms).execute(id, version, terms())),
        );
        return lock(entity, ids);
      };
      const [lookedUp] = await Promise.allSettled([deliver(milestoneId, given.official('acceptor'))]);
      expect(lookedUp).toMatchObject({
        status: 'rejected',
        reason: { code: platformErrors.notFound().code },
      });
    });
  });

  describe('being fulfilled', () => {
    it('accepts, pays and accrues a milestone once, however many try', async () => {
      const { id, milestoneIds, supplier, lineId } = await active();
      const [milestoneId] = milestoneIds;
      await deliver(milestoneId, supplier.admin);
      const accepted = await Promise.allSettled([1, 2, 3, 4].map(() => accept(milestoneId)));
      expect(accepted.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await test.get(BudgetsApi).balances(lineId)).accrued.toFen()).toBe(HALF_FEN);
      const paid = await Promise.allSettled([1, 2, 3, 4].map(() => pay(milestoneId)));
      expect(paid.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await test.get(BudgetsApi).balances(lineId)).inPayment.toFen()).toBe(HALF_FEN);
      expect(await statesOf(id)).toEqual(['active', 'payment-requested', 'planned']);
    });

    it('goes back for rework and is delivered again; what was not delivered is neither accepted nor paid', async () => {
      const { id, milestoneIds, supplier } = await active();
      const [milestoneId] = milestoneIds;
      const wrongState = refused('state.wrong-state');
      await expect(accept(milestoneId)).rejects.toEqual(wrongState);
      await expect(pay(milestoneId)).rejects.toEqual(wrongState);
      const first = await deliver(milestoneId, supplier.admin);
      await expect(deliver(milestoneId, supplier.admin)).rejects.toEqual(wrongState);
      await reject(milestoneId, first.deliveryId);
      const second = await deliver(milestoneId, supplier.admin);
      await expect(accept(milestoneId, acceptor, first.deliveryId)).rejects.toEqual(
        refused('platform.version-mismatch'),
      );
      await expect(reject(milestoneId, first.deliveryId)).rejects.toEqual(
        refused('platform.version-mismatch'),
      );
      await accept(milestoneId, acceptor, second.deliveryId);
      await expect(reject(milestoneId)).rejects.toEqual(wrongState);
      expect(await statesOf(id)).toEqual(['active', 'accepted', 'planned']);
      expect(await test.as(acceptor, () => test.get(DeliveryReads).list(id))).toMatchObject([
        { outcome: 'rejected', outcomeNote: '材料不全' },
        { outcome: 'accepted', opinions: [{ satisfied: true }] },
      ]);
    });

    it('keeps the hands apart: deliverer, acceptor and payer', async () => {
      const { milestoneIds, supplier } = await active();
      const [milestoneId] = milestoneIds;
      await deliver(milestoneId, supplier.admin);
      const deliverer: Person = { accountId: supplier.admin.accountId, memberships: acceptor.memberships };
      await expect(accept(milestoneId, deliverer)).rejects.toEqual(refused('contracts.supplier-accepts'));
      const colleague: Person = {
        accountId: newId(),
        memberships: [
          ...acceptor.memberships,
          { role: 'organization-staff', organizationId: supplier.organizationId },
        ],
      };
      await expect(accept(milestoneId, colleague)).rejects.toEqual(refused('contracts.supplier-accepts'));
      await accept(milestoneId);
      const payer: Person = { accountId: acceptor.accountId, memberships: given.finance.memberships };
      await expect(pay(milestoneId, payer)).rejects.toEqual(refused('contracts.acceptor-pays'));
    });

    it('owes the payment from the agreed time of acceptance on, however late it is accepted', async () => {
      const contract = await draft();
      const due = addCalendarDays(today, -10);
      await setTerms(contract.id, {
        startsOn: addCalendarDays(today, -30),
        milestones: terms().milestones.map((milestone) => ({
          ...milestone,
          dueOn: addCalendarDays(today, -20),
          acceptanceDueOn: due,
        })),
      });
      await sign(contract.id, given.approver);
      await sign(contract.id, contract.supplier.admin);
      await test.settle();
      const milestoneId = (await read(contract.id)).milestones[0]?.id ?? '';
      const { deliveryId } = await deliver(milestoneId, contract.supplier.admin);
      await given.asDatabaseAdministrator(
        `ALTER TABLE contracts.delivery DISABLE TRIGGER USER;
         UPDATE contracts.delivery SET delivered_at = delivered_at - interval '25 days' WHERE id = '${deliveryId}';
         ALTER TABLE contracts.delivery ENABLE TRIGGER USER`,
      );
      await accept(milestoneId);
      const [clock] = await test.sql<{ started_at: Date }>(
        "SELECT started_at FROM platform.deadline WHERE rule_code = 'contracts.pay' AND subject_id = $1",
        [milestoneId],
      );
      expect(clock?.started_at).toEqual(endOfChinaDay(due));
    });

    it('needs the opinion of the users of a public service', async () => {
      const { milestoneIds, supplier } = await active();
      await deliver(milestoneIds[0], supplier.admin);
      await expect(
        test.as(acceptor, () =>
          test.get(AcceptMilestone).execute(milestoneIds[0], { note: '合格', opinions: [] }),
        ),
      ).rejects.toEqual(refused('contracts.opinions-required'));
    });
  });
});
