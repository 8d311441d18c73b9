import { match } from './engine.js';
import { explainSlot, explainVolunteer } from './explain.js';
import { buildInstance } from './instance.js';
import { sampleInstance } from './sample-instance.js';

describe('reasons', () => {
  const instance = buildInstance({
    penalty: 1000,
    rest: 30,
    volunteers: [{ maxMinutes: 120 }, { maxMinutes: 600 }, { maxShifts: 1 }],
    slots: [
      { min: 0, max: 1, start: 0, end: 60 },
      { min: 0, max: 1, start: 70, end: 130 },
      { min: 3, max: 3, start: 300, end: 480 },
      { min: 1, max: 1, start: 900, end: 960 },
    ],
    candidates: [
      [0, 0, 50],
      [0, 1, 10],
      [0, 2, 90],
      [1, 0, 80],
      [1, 2, 70],
      [2, 2, 60],
      [2, 0, 40],
    ],
  });
  const finished = { instance, ...match(instance, { problem: 'schedule' }) };

  it('tell a person why this and not that', () => {
    const codes = Object.fromEntries(explainVolunteer(finished, 0).map((r) => [r.slot, r.code]));
    expect(codes).toEqual({ 0: 'outbid', 1: 'given', 2: 'hours-limit' });
    expect(explainVolunteer(finished, 2).map((r) => r.code)).toEqual(['given', 'outbid']);
  });

  it('tell a slot why it is short', () => {
    expect(explainSlot(finished, 2)).toMatchObject({
      heads: 2,
      missingHeads: 1,
      candidates: 3,
      because: { given: 2, 'hours-limit': 1 },
    });
    expect(explainSlot(finished, 3)).toMatchObject({ missingHeads: 1, candidates: 0, people: [] });
  });

  it('never call something given that was not, and find no unused room in a good schedule', () => {
    const large = sampleInstance({ volunteers: 300, slots: 40, seed: 8 });
    const result = match(large, { problem: 'schedule' });
    let room = 0;
    for (let i = 0; i < large.volunteers; i++) {
      for (const r of explainVolunteer({ instance: large, ...result }, i))
        if (r.code === 'room' && r.score > 0) room++;
    }
    expect(room).toBe(0);
  });
});
