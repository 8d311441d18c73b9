import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { readInstanceFile, writeInstanceFile } from './instance-file.js';
import { sampleInstance } from './sample-instance.js';

describe('the instance file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'matching-'));
  const path = join(folder, 'instance.bin');
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  it('gives back every array it was given', () => {
    const instance = sampleInstance({ volunteers: 200, slots: 20, seed: 7 });
    writeInstanceFile(path, instance);
    const { penalties: _none, ...back } = readInstanceFile(path);
    expect(back).toEqual(instance);
  });

  it('refuses a cut-off file and a foreign one', () => {
    truncateSync(path, 400);
    expect(() => readInstanceFile(path)).toThrow('words');
    writeFileSync(path, 'not an instance at all, but long enough for a header');
    expect(() => readInstanceFile(path)).toThrow('magic');
  });

  it('refuses to drop what the format cannot hold', () => {
    const instance = sampleInstance({ volunteers: 20, slots: 5, seed: 7 });
    expect(() => {
      writeInstanceFile(path, { ...instance, penalties: new Int32Array(5) });
    }).toThrow('one penalty');
  });
});
