import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { bidStates, evaluatorStates } from './bid.state.js';
import { planItemStates, PUBLIC_PLAN_STATES } from './plan-item.state.js';
import { tenderStates } from './tender.state.js';

const migration = readFileSync(
  join(import.meta.dirname, '../../../migrations/1764000005000-procurement-plans-tenders-bids.ts'),
  'utf8',
);

/** The values that a CHECK of the migration lists for a state column. */
function listed(constraint: string): string[] {
  const check = new RegExp(`CONSTRAINT ${constraint}\\s+CHECK\\s*\\(\\s*state IN \\(([^)]*)\\)`, 'u').exec(
    migration,
  );
  return [...(check?.[1] ?? '').matchAll(/'([a-z-]+)'/g)].map((match) => match[1] ?? '').sort();
}

describe('state tables', () => {
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
