import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { stateMachines } from '#libs/kernel';
import { startTestApp, type TestApp } from '../../../test/support/app.js';
import { objectTypes } from './object-type.js';

describe('the objects of the register', () => {
  let test: TestApp;
  beforeAll(async () => {
    test = await startTestApp();
  });
  afterAll(() => test.stop());

  /** The values that a CHECK allows in a column; undefined when none lists any. */
  async function allowed(table: string, column: string): Promise<string[] | undefined> {
    const checks = await test.sql<{ definition: string }>(
      `SELECT pg_get_constraintdef(k.oid) AS definition FROM pg_constraint k
       WHERE k.conrelid = $1::regclass AND k.contype = 'c'
         AND k.conkey = ARRAY(SELECT a.attnum FROM pg_attribute a WHERE a.attrelid = k.conrelid AND a.attname = $2)`,
      [table, column],
    );
    const list = checks.map(({ definition }) => /ANY \(ARRAY\[([^\]]+)\]/.exec(definition)?.[1]);
    return list
      .find((values) => values !== undefined)
      ?.split(', ')
      .map((value) => value.replace(/^'(.*)'::text$/, '$1'))
      .sort();
  }

  it('know the same states as the database', async () => {
    for (const { name, entity, machines } of objectTypes().values()) {
      const metadata = test.get(DataSource).getMetadata(entity);
      for (const [property, machine] of Object.entries(machines)) {
        const column = metadata.findColumnWithPropertyName(property)?.databaseName ?? '';
        const states = await allowed(metadata.tablePath, column);
        expect({ name, property, states }).toEqual({ name, property, states: [...machine.states].sort() });
      }
    }
  });

  it('are all that have a state machine', () => {
    const kept = new Set(
      [...objectTypes().values()].flatMap(({ machines }) => Object.values(machines).map(({ name }) => name)),
    );
    const left = [...stateMachines().keys()].filter((name) => !kept.has(name));
    expect(left).toEqual([]);
  });
});
