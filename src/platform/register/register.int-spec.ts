import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineEvent, newId } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { Given, type Person } from '../../../test/support/given.js';
import { Contract, Milestone } from '../../modules/contracts/terms/contract.entity.js';
import { contractStates, milestoneStates } from '../../modules/contracts/terms/contract.state.js';
import { platformErrors } from '../platform.errors.js';
import { defineObject } from './object-type.js';
import { allowedAbove, Register } from './register.js';

const probed = defineEvent<{ id: string }>('probe-register.probed.v1');

/** The contracts of the product under another name, so that nothing but the register is at work. */
const contractProbe = defineObject({
  name: 'probe-register.contract',
  entity: Contract,
  machines: { state: contractStates },
  acts: { describe: { zh: '描述', en: 'describe' }, begin: { zh: '新建', en: 'begin' } },
  traced: ['startsOn', 'amount'],
});
const milestoneProbe = defineObject({
  name: 'probe-register.milestone',
  entity: Milestone,
  machines: { state: milestoneStates },
  acts: { plan: { zh: '设定', en: 'plan' } },
  traced: ['dueOn'],
  under: { type: contractProbe, id: ({ contractId }) => contractId },
});

/** The same with an answer of its own for one that is not there. */
const missingProbe = defineObject({
  name: 'probe-register.missing',
  entity: Contract,
  machines: { state: contractStates },
  traced: [],
  missing: () => platformErrors.unauthenticated(),
});

const refused = (code: string) => expect.objectContaining({ code });

describe('the register', () => {
  let test: TestApp;
  let given: Given;
  let register: Register;
  let by: Person;
  let contractId = '';
  let milestoneIds: string[] = [];

  beforeAll(async () => {
    test = await startTestApp();
    given = await Given.in(test);
    register = test.get(Register);
    by = given.official('purchaser');
  });
  afterAll(() => test.stop());
  beforeEach(async () => {
    const tender = await given.evaluatedTender();
    await given.award(tender);
    await test.settle();
    const [contract] = await test.sql<{ id: string }>(
      'SELECT id FROM contracts.contract WHERE tender_id = $1',
      [tender.tenderId],
    );
    contractId = contract?.id ?? '';
    const milestones = await test.sql<{ id: string }>(
      'SELECT id FROM contracts.milestone WHERE contract_id = $1 ORDER BY id',
      [contractId],
    );
    milestoneIds = milestones.map(({ id }) => id);
  });

  const as = <T>(work: () => Promise<T>) => test.as(by, work);
  const stored = async () =>
    (
      await test.sql<{ state: string; version: number; title: string; starts_on: string | null }>(
        'SELECT state, version, title, starts_on::text FROM contracts.contract WHERE id = $1',
        [contractId],
      )
    )[0];
  const trail = (objectId: string, type = 'contract') =>
    test.sql<{ action: string; before: object | null; after: object; actor_id: string }>(
      `SELECT action, before, after, actor_id FROM platform.audit_entry
       WHERE object_id = $1 AND object_type = $2 AND action LIKE 'probe-register.%' ORDER BY at, id`,
      [objectId, type],
    );
  const events = () =>
    test.sql<{ payload: object; actor_id: string }>(
      "SELECT payload, actor_id FROM platform.outbox_event WHERE type = 'probe-register.probed.v1' AND payload ->> 'id' = $1",
      [contractId],
    );

  it('moves the state, applies the rule, counts the version up, and leaves entry and event, as one', async () => {
    const before = await stored();
    const changed = await as(() =>
      register.act(contractProbe, contractId, {
        action: 'set-terms',
        version: before?.version ?? 0,
        allow: allowedAbove,
        apply: (contract, act) => {
          contract.startsOn = '2027-03-01';
          contract.endsOn = '2027-03-31';
          act.note({ why: 'probe' });
          act.emit(probed, { id: contract.id });
        },
      }),
    );
    const version = (before?.version ?? 0) + 1;
    expect(await stored()).toEqual({ ...before, version, starts_on: '2027-03-01' });
    expect(changed).toMatchObject({ id: contractId, version, startsOn: '2027-03-01' });
    expect(await trail(contractId)).toEqual([
      {
        action: 'probe-register.set-terms',
        actor_id: by.accountId,
        before: { state: 'draft', startsOn: null, amount: expect.anything(), version: before?.version },
        after: { state: 'draft', startsOn: '2027-03-01', amount: expect.anything(), version, why: 'probe' },
      },
    ]);
    expect(await events()).toEqual([{ payload: { id: contractId }, actor_id: by.accountId }]);
  });

  it.each([
    ['is not the actor’s', 'platform.not-found', { allow: () => Promise.reject(platformErrors.notFound()) }],
    ['was changed since it was seen', 'platform.version-mismatch', { version: 999 }],
    ['is in another state', 'state.wrong-state', { action: 'activate' }],
    ['breaks the rule', 'platform.forbidden', { apply: () => Promise.reject(platformErrors.forbidden()) }],
  ] as const)('leaves an object that %s as it is, without a trace', async (_what, code, odd) => {
    const before = await stored();
    const step = { action: 'set-terms' as const, allow: allowedAbove, ...odd };
    await expect(as(() => register.act(contractProbe, contractId, step))).rejects.toEqual(refused(code));
    expect(await stored()).toEqual(before);
    expect(await trail(contractId)).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it('lets what follows see the row as it is now, and leave its notes and events with the act', async () => {
    const seen: unknown[] = [];
    await as(() =>
      register.act(contractProbe, contractId, {
        action: 'set-terms',
        allow: allowedAbove,
        apply: async (contract) => {
          contract.startsOn = '2027-04-01';
          contract.endsOn = '2027-04-30';
          seen.push((await stored())?.starts_on);
        },
        follow: async (contract, act) => {
          seen.push((await stored())?.starts_on);
          act.note({ why: 'followed' });
          act.emit(probed, { id: contract.id });
        },
      }),
    );
    expect(seen).toEqual([null, '2027-04-01']);
    expect(await trail(contractId)).toMatchObject([{ after: { startsOn: '2027-04-01', why: 'followed' } }]);
    expect(await events()).toHaveLength(1);
  });

  it('undoes what the rule did elsewhere when the rule refuses in the end', async () => {
    const act = as(() =>
      register.act(milestoneProbe, milestoneIds[0] ?? '', {
        action: 'deliver',
        allow: allowedAbove,
        apply: async (_milestone, { emit }, contract) => {
          await register.act(contractProbe, contract.id, { action: 'describe', allow: allowedAbove });
          emit(probed, { id: contract.id });
          throw platformErrors.forbidden();
        },
      }),
    );
    await expect(act).rejects.toEqual(refused('platform.forbidden'));
    expect(await trail(contractId)).toEqual([]);
    expect(await events()).toEqual([]);
  });

  it('answers alike for what is not there', async () => {
    const act = as(() => register.act(contractProbe, newId(), { action: 'describe', allow: allowedAbove }));
    await expect(act).rejects.toEqual(refused('platform.not-found'));
  });

  it('lets one of many through when the state can move only once', async () => {
    const acts = await Promise.allSettled(
      Array.from({ length: 8 }, () =>
        as(() =>
          register.act(milestoneProbe, milestoneIds[0] ?? '', { action: 'deliver', allow: allowedAbove }),
        ),
      ),
    );
    expect(acts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await trail(milestoneIds[0] ?? '', 'milestone')).toHaveLength(1);
  });

  it('locks the parent first and hands it to the rule', async () => {
    const seen: string[] = [];
    await as(() =>
      register.act(milestoneProbe, milestoneIds[0] ?? '', {
        action: (_milestone, contract) => {
          seen.push(contract.id);
          return 'deliver';
        },
        allow: (_milestone, contract) => {
          seen.push(contract.id);
        },
        apply: async (_milestone, _act, contract) => {
          seen.push(contract.id);
          await expect(
            test.uow.apart(() =>
              test.sql('SELECT id FROM contracts.contract WHERE id = $1 FOR UPDATE NOWAIT', [contract.id]),
            ),
          ).rejects.toMatchObject({ code: '55P03' });
        },
      }),
    );
    expect(seen).toEqual([contractId, contractId, contractId]);
  });

  describe('with many objects', () => {
    beforeEach(async () => {
      const [first] = milestoneIds;
      await as(() =>
        test.uow.run(async () => {
          const contract = await register.locked(contractProbe, contractId, allowedAbove);
          const half = contract.amount.percent(50);
          await register.act(milestoneProbe, first ?? '', {
            action: 'deliver',
            allow: allowedAbove,
            apply: (milestone) => {
              milestone.amount = contract.amount.minus(half);
            },
          });
          const second = Milestone.planned(contractId, 2, {
            ...{ title: '二', amount: half, dueOn: null, acceptanceDueOn: null },
          });
          await register.add(milestoneProbe, [second], { action: 'plan', allow: allowedAbove });
          milestoneIds.push(second.id);
        }),
      );
    });

    it('moves each as its own state table says and leaves an entry per object', async () => {
      const moved = await as(() =>
        register.actMany(milestoneProbe, milestoneIds, {
          action: ({ state }) => (state === 'planned' ? 'deliver' : 'reject'),
          allow: allowedAbove,
          apply: (milestone, act) => {
            milestone.dueOn = milestone.position === 1 ? '2027-01-01' : null;
            milestone.acceptanceDueOn = milestone.dueOn;
            act.emit(probed, { id: contractId });
          },
        }),
      );
      expect(moved.map(({ position, state }) => `${position} ${state}`).sort()).toEqual([
        '1 rejected',
        '2 delivered',
      ]);
      expect(
        await test.sql(
          'SELECT position, state, due_on::text, version FROM contracts.milestone WHERE contract_id = $1 ORDER BY position',
          [contractId],
        ),
      ).toEqual([
        { position: 1, state: 'rejected', due_on: '2027-01-01', version: 3 },
        { position: 2, state: 'delivered', due_on: null, version: 2 },
      ]);
      expect(await trail(milestoneIds[1] ?? '', 'milestone')).toMatchObject([
        { action: 'probe-register.plan', before: null, after: { state: 'planned', version: 1 } },
        { action: 'probe-register.deliver', before: { state: 'planned' }, after: { state: 'delivered' } },
      ]);
      expect(await events()).toHaveLength(2);
    });

    it('moves none when one may not move', async () => {
      const act = as(() =>
        register.actMany(milestoneProbe, milestoneIds, { action: 'deliver', allow: allowedAbove }),
      );
      await expect(act).rejects.toEqual(refused('state.wrong-state'));
      const states = await test.sql<{ state: string }>(
        'SELECT state FROM contracts.milestone WHERE contract_id = $1 ORDER BY position',
        [contractId],
      );
      expect(states.map(({ state }) => state)).toEqual(['delivered', 'planned']);
    });

    it('moves none when one is not there or not the actor’s', async () => {
      const missing = as(() =>
        register.actMany(milestoneProbe, [...milestoneIds, newId()], {
          action: 'deliver',
          allow: allowedAbove,
        }),
      );
      await expect(missing).rejects.toEqual(refused('platform.not-found'));
      const foreign = as(() =>
        register.actMany(milestoneProbe, milestoneIds, {
          action: ({ state }) => (state === 'planned' ? 'deliver' : 'reject'),
          allow: ({ position }) => {
            if (position === 2) throw platformErrors.notFound();
          },
        }),
      );
      await expect(foreign).rejects.toEqual(refused('platform.not-found'));
    });
  });

  it('says of one that is not there what the object says of it', async () => {
    const step = { action: 'set-terms', allow: allowedAbove } as const;
    await expect(as(() => register.act(contractProbe, newId(), step))).rejects.toEqual(
      refused('platform.not-found'),
    );
    await expect(as(() => register.act(missingProbe, newId(), step))).rejects.toEqual(
      refused('platform.unauthenticated'),
    );
    await expect(as(() => register.actMany(missingProbe, [newId()], step))).rejects.toEqual(
      refused('platform.unauthenticated'),
    );
  });

  it('begins no object in a state in which it may not begin', async () => {
    const odd = Object.assign(Milestone.planned(contractId, 3, {} as never), { state: 'paid' });
    await expect(
      as(() => register.add(milestoneProbe, [odd], { action: 'plan', allow: allowedAbove })),
    ).rejects.toThrow('begins as "paid"');
  });
});
