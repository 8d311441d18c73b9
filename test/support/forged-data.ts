import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataCheck } from '#platform';
import { declaredChecks } from '../../src/platform/checks/data-check.js';
import { insertion, type Row, WallDatabase } from './table-walls.js';

/** A row by its table, or a statement. */
export type Forged = Readonly<Record<string, Row>> | string;

/** Per check: data in which it finds nothing, and data in which it finds something. */
export type Forgeries<Checks extends object> = Readonly<
  Record<keyof Checks, { fine: readonly (readonly Forged[])[]; found: readonly (readonly Forged[])[] }>
>;

/** The checks that a module declares, by name; whoever asks has imported the module's. */
export const checksOf = (module: string): Readonly<Record<string, DataCheck>> =>
  Object.fromEntries(
    declaredChecks()
      .filter(({ name }) => name.startsWith(`${module}.`))
      .map((check) => [check.name, check]),
  );

/** The tests of a module's data checks: each on rows that no use case would write. */
export function describeChecks<Checks extends Readonly<Record<keyof Checks, DataCheck>>>(
  module: string,
  checks: Checks,
  forgeries: Forgeries<Checks>,
): void {
  describe(`the data checks of ${module}`, () => {
    let database: WallDatabase;
    beforeAll(async () => {
      database = await WallDatabase.open();
    });
    afterAll(() => database.close());

    const finds = ({ sql }: DataCheck, forged: readonly Forged[]) =>
      database.forging(async (query) => {
        for (const one of forged) {
          if (typeof one === 'string') await query(one);
          else for (const [table, row] of Object.entries(one)) await query(...insertion(table, row));
        }
        return (await query(sql.replaceAll(':now', 'now()'))).length > 0;
      });

    const names = Object.keys(checks) as (keyof Checks & string)[];
    it('each have data that breaks them', () => {
      expect(Object.keys(forgeries).sort()).toEqual([...names].sort());
    });

    it.each(names)('%s finds what breaks it, and nothing else', async (name) => {
      const answers = { fine: [] as boolean[], found: [] as boolean[] };
      for (const forged of [[], ...forgeries[name].fine])
        answers.fine.push(await finds(checks[name], forged));
      for (const forged of forgeries[name].found) answers.found.push(await finds(checks[name], forged));
      expect(answers).toEqual({
        fine: answers.fine.map(() => false),
        found: answers.found.map(() => true),
      });
      expect(answers.found.length).toBeGreaterThan(0);
    });
  });
}
