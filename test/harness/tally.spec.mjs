import { describe, expect, it } from '@jest/globals';
import { add, emptyTally, oneFailed, onePassed, oneSkipped, report } from './tally.mjs';

describe('the counts of a test run', () => {
  const total = () => {
    const tally = emptyTally();
    for (const part of [
      onePassed(),
      oneFailed('lint', 'a\nb'),
      oneSkipped('browser', 'no Chromium'),
      onePassed(),
    ])
      add(tally, part);
    return tally;
  };

  it('add up, with what failed and what was left out by name', () => {
    expect(total()).toEqual({
      ...{ passed: 2, failed: 1, skipped: 1 },
      failures: [{ name: 'lint', output: 'a\nb' }],
      skips: ['browser: no Chromium'],
    });
  });

  it('are the last line, for machines, after what people want to read', () => {
    expect(report(total(), 12_345).split('\n')).toEqual([
      ...['', '━━ lint', 'a', 'b', ''],
      ...['Skipped:', '  – browser: no Chromium', ''],
      ...['Failed:', '  ✗ lint', ''],
      ...['12.3 s', '2 passed, 1 failed, 1 skipped'],
    ]);
    expect(report(emptyTally(), 0)).toBe('\n0.0 s\n0 passed, 0 failed, 0 skipped');
  });

  it('come with both ends of a long output', () => {
    const output = Array.from({ length: 100 }, (_, n) => `line ${n}`).join('\n');
    const lines = report(oneFailed('unit', output), 0).split('\n');
    expect(lines.filter((line) => line.startsWith('line '))).toHaveLength(60);
    expect(lines).toEqual(expect.arrayContaining(['line 0', '   … 40 lines left out …', 'line 99']));
  });

  it('name forty of what was skipped, and say how much more', () => {
    const tally = emptyTally();
    for (let n = 0; n < 45; n += 1) add(tally, oneSkipped(`s${n}`, 'x'));
    expect(report(tally, 0)).toContain('  – s39: x\n  … and 5 more\n');
  });
});
