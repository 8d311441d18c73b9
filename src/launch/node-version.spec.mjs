import { describe, expect, it } from '@jest/globals';
import { nodeVersionProblem } from './node-version.mjs';

describe('Node.js', () => {
  it.each(['20.19.0', '20.20.1', '21.0.0', '22.4.1', '100.0.0'])('%s is new enough', (version) => {
    expect(nodeVersionProblem(version)).toBeUndefined();
  });

  it.each(['20.18.9', '20.9.0', '19.99.0', '18.20.4', '8.0.0'])(
    '%s is too old, and is told so',
    (version) => {
      expect(nodeVersionProblem(version)).toMatch(
        new RegExp(`^Node\\.js ${version} is too old; 20\\.19 or later is needed\\.\nInstall `),
      );
    },
  );
});
