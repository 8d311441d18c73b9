import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { declaredStatements, statement } from './query.js';

describe('statements that are declared as text', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  /** What the database says of a statement without running it; undefined when it fits the schema. */
  async function complaint(text: string): Promise<string | undefined> {
    return test.uow
      .run(async () => {
        try {
          await test.sql(`PREPARE probe AS ${text}`);
          await test.sql('DEALLOCATE probe');
          return undefined;
        } catch (error) {
          return error instanceof Error ? error.message : String(error);
        }
      })
      .catch((error: unknown) => String(error));
  }

  it('fit the migrated schema', async () => {
    const complaints: Record<string, string> = {};
    for (const [name, text] of declaredStatements()) {
      const reason = await complaint(text);
      if (reason !== undefined) complaints[name] = reason;
    }
    expect(complaints).toEqual({});
  });

  it('would be found out by a column that is not there', async () => {
    expect(await complaint('SELECT nothing FROM contracts.contract WHERE id = $1')).toContain('nothing');
    expect(await complaint('SELECT title FROM contracts.contract WHERE id = $1')).toBeUndefined();
  });

  it('have names of their own', () => {
    statement('probe.twice', 'SELECT 1');
    expect(() => statement('probe.twice', 'SELECT 2')).toThrow('declared twice');
  });
});
