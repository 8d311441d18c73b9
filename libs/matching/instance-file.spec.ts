import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readInstanceFile, writeInstanceFile } from './instance-file.js';
import { sampleInstance } from './sample-instance.js';

describe('the instance file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matching-'));
  const at = (name: string): string => join(folder, name);
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives back every array it was given', () => {
    const instance = sampleInstance({ volunteers: 200, slots: 20, seed: 7 });
    writeInstanceFile(at('whole.bin'), instance);
    const { penalties: _none, ...back } = readInstanceFile(at('whole.bin'));
    expect(back).toEqual(instance);
  });

  it('refuses a file cut off or lengthened by one number, and a foreign one', () => {
    const instance = sampleInstance({ volunteers: 200, slots: 20, seed: 7 });
    const path = at('cut.bin');
    writeInstanceFile(path, instance);
    const words = 8 + 3 * 200 + 4 * 20 + 201 + 2 * instance.edges;
    expect(readInstanceFile(path).edges).toBe(instance.edges);
    for (const length of [words - 1, words + 1, 100]) {
      truncateSync(path, 4 * length);
      expect(() => readInstanceFile(path)).toThrow('words');
    }
    writeFileSync(path, 'not an instance at all, but long enough for a header');
    expect(() => readInstanceFile(path)).toThrow('magic');
  });

  it('refuses to drop what the format cannot hold', () => {
    const instance = sampleInstance({ volunteers: 20, slots: 5, seed: 7 });
    for (const more of [{ penalties: new Int32Array(5) }, { period: new Int32Array(5) }]) {
      expect(() => {
        writeInstanceFile(at('refused.bin'), { ...instance, ...more });
      }).toThrow('one penalty');
    }
  });
});
