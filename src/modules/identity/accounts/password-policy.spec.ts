import { describe, expect, it } from '@jest/globals';
import { mustBeStrongPassword } from './password-policy.js';

const refuses = (password: string) => {
  expect(() => {
    mustBeStrongPassword(password, 'bridge');
  }).toThrow(expect.objectContaining({ code: 'identity.password-too-weak' }));
};

describe('a password', () => {
  it('may be a long phrase in any script', () => {
    mustBeStrongPassword('春风又绿江南岸明月何时', 'bridge');
    mustBeStrongPassword('four plain lower words', 'bridge');
  });

  it('is refused when it is short, monotonous or made of the login', () => {
    refuses('Ab3!xyz9');
    refuses('aaaabbbbaaaabbbb');
    refuses('my-BRIDGE-2026');
    refuses('ｂｒｉｄｇｅ-2026');
    // Nine characters in eighteen units.
    refuses('𠮷𠀀𠀁𠀂𠀃𠀄𠀅𠀆𠀇');
  });
});
