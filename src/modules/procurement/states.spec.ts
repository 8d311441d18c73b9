import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bidStates } from './bidding/bid.state.js';
import { evaluatorStates } from './evaluating/evaluator.state.js';
import { planItemStates, PUBLIC_PLAN_STATES } from './planning/plan-item.state.js';
import { tenderStates } from './tendering/tender.state.js';

const migration = readFileSync(
  join(import.meta.dirname, '../../migrations/1764000005000-procurement-plans-tenders-bids.ts'),
  'utf8',
);

/** The values that a CHECK of the migration lists for a state column. */
function listed(constraint: string): string[] {
  const check = new RegExp(`CONSTRAINT ${constraint}\\s+CHECK\\s*\\(\\s*state IN \\(([^)]*)\\)`, 'u').exec(
    migration,
  );
  return [...(check?.[1] ?? '').matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? '').sort();
}

interface Table {
  readonly states: readonly string[];
  readonly transitions: readonly { from: string | readonly string[]; to: string; by: string }[];
}

/** Every way out of every state: `action → state`. */
function waysOut({ states, transitions }: Table): Record<string, string[]> {
  return Object.fromEntries(
    states.map((state) => [
      state,
      transitions
        .filter(({ from }) => (typeof from === 'string' ? from === state : from.includes(state)))
        .map(({ by, to }) => `${by} → ${to}`)
        .sort(),
    ]),
  );
}

describe('state tables', () => {
  it('let a plan item go these ways and no others', () => {
    expect(waysOut(planItemStates)).toEqual({
      draft: ['assign-budget → budgeted', 'record-opinion → draft', 'withdraw → withdrawn'],
      budgeted: [
        'assign-budget → budgeted',
        'publish-intention → intention-published',
        'record-opinion → budgeted',
        'withdraw → withdrawn',
      ],
      'intention-published': [
        'make-ready → ready',
        'record-opinion → intention-published',
        'withdraw → withdrawn',
      ],
      ready: ['tender → tendered', 'withdraw → withdrawn'],
      tendered: ['reopen → ready'],
      withdrawn: [],
    });
  });

  it('let a tender go these ways and no others', () => {
    const cancel = 'cancel → cancelled';
    expect(waysOut(tenderStates)).toEqual({
      draft: ['approve → approved', cancel, 'edit → draft'],
      approved: [cancel, 'publish → published'],
      published: [cancel, 'close → closed'],
      closed: [cancel, 'fail → failed', 'open → opened'],
      opened: ['begin-evaluation → evaluating', cancel, 'fail → failed'],
      evaluating: [cancel, 'complete-evaluation → evaluated', 'fail → failed'],
      evaluated: [cancel, 'fail → failed', 'publish-award → award-published'],
      'award-published': ['award → awarded', cancel],
      awarded: ['contract → contracted'],
      contracted: [],
      failed: [],
      cancelled: [],
    });
  });

  it('let a bid and an evaluator go these ways and no others', () => {
    // The opening finds out which of the two it is.
    expect(bidStates.beginnings).toEqual(['opened', 'unreadable']);
    expect(waysOut(bidStates)).toEqual({
      opened: ['disqualify → disqualified', 'qualify → qualified'],
      unreadable: ['disqualify → disqualified'],
      qualified: ['disqualify → disqualified', 'qualify → qualified', 'score → scored'],
      disqualified: ['disqualify → disqualified', 'qualify → qualified'],
      scored: ['lose → lost', 'win → won'],
      won: [],
      lost: [],
    });
    expect(waysOut(evaluatorStates)).toEqual({
      appointed: ['declare-interest → recused', 'declare-none → cleared'],
      cleared: ['declare-interest → recused', 'sign → signed'],
      recused: [],
      signed: [],
    });
  });

  it.each([
    ['plan_item_state_known', planItemStates.states],
    ['tender_state_known', tenderStates.states],
    ['bid_state_known', bidStates.states],
    ['evaluator_state_known', evaluatorStates.states],
  ] as const)('%s lists the states of the table', (constraint, states) => {
    expect(listed(constraint)).toEqual([...states].sort());
  });

  it('walks a tender from draft to contract, one step at a time', () => {
    const steps = [
      'approve',
      'publish',
      'close',
      'open',
      'begin-evaluation',
      'complete-evaluation',
      'publish-award',
      'award',
      'contract',
    ] as const;
    expect(steps.reduce((state, step) => tenderStates.next(state, step), tenderStates.initial)).toBe(
      'contracted',
    );
    for (const [at, step] of steps.entries()) {
      const before = steps
        .slice(0, at)
        .reduce((state, each) => tenderStates.next(state, each), tenderStates.initial);
      for (const other of steps) if (other !== step) expect(tenderStates.allows(before, other)).toBe(false);
    }
  });

  it('ends for good: nothing leads out of contracted, failed and cancelled', () => {
    const actions = tenderStates.transitions.map(({ by }) => by);
    for (const end of ['contracted', 'failed', 'cancelled'] as const)
      for (const action of actions) expect(tenderStates.allows(end, action)).toBe(false);
    expect(tenderStates.allows('awarded', 'cancel')).toBe(false);
  });

  it('shows the public no plan item before its intention', () => {
    expect(PUBLIC_PLAN_STATES).toEqual(['intention-published', 'ready', 'tendered']);
  });

  it('lets a plan item be tendered again after a failure', () => {
    expect(planItemStates.next(planItemStates.next('tendered', 'reopen'), 'tender')).toBe('tendered');
    expect(planItemStates.allows('budgeted', 'tender')).toBe(false);
  });

  it('takes a signature for the end of scoring', () => {
    for (const { by } of evaluatorStates.transitions) {
      expect(evaluatorStates.allows('signed', by)).toBe(false);
      expect(evaluatorStates.allows('recused', by)).toBe(false);
    }
  });
});
