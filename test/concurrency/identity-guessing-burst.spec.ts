import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { CLOCK, type Clock } from '#platform';
import { CreateAccount } from '../../src/modules/identity/accounts/create-account.js';
import { LoginThrottle } from '../../src/modules/identity/accounts/login-throttle.js';
import { PasswordHashing } from '../../src/modules/identity/accounts/password-hashing.js';
import { VerifyPassword } from '../../src/modules/identity/sessions/verify-password.js';
import { FREE_FAILURES } from '../../src/modules/identity/accounts/login-lock.js';
import { startTestApp, type TestApp } from '../support/app.js';

const PASSWORD = 'a bridge of stones 7';
const BURST = 24;

describe('a burst of guesses from many addresses', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp({ now: '2026-03-02T09:00:00+08:00' });
  });
  afterAll(() => test.stop());

  /** How many of the guesses were compared with the password before the wait began. */
  async function compared(login: string, verifier: () => VerifyPassword): Promise<number> {
    await test.asSystem(() =>
      test.get(CreateAccount).execute({ login, displayName: '测试人员', password: PASSWORD }),
    );
    const guesses = Array.from({ length: BURST }, (_, i) =>
      verifier().execute({ login, password: `guess number ${i}`, address: `192.0.2.${i}` }),
    );
    const codes = (await Promise.allSettled(guesses)).map((outcome) =>
      outcome.status === 'rejected' ? (outcome.reason as { code: string }).code : 'let in',
    );
    expect(codes).not.toContain('let in');
    return codes.filter((code) => code === 'identity.credentials-wrong').length;
  }

  it('gets the few tries that a person gets', async () => {
    expect(await compared('burst', () => test.get(VerifyPassword))).toBe(FREE_FAILURES + 1);
  });

  it('negative control: gets many more when the attempts do not wait for each other', async () => {
    const unordered = () =>
      new VerifyPassword(
        test.uow,
        test.get(PasswordHashing),
        new LoginThrottle(
          test.get<DataSource>(getDataSourceToken() as never),
          test.uow,
          test.get<Clock>(CLOCK),
        ),
      );
    expect(await compared('burst-unordered', unordered)).toBeGreaterThan(FREE_FAILURES + 1);
  });
});
