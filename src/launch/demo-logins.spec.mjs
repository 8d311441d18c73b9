import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { demoLoginTable } from './demo-logins.mjs';

describe('the table of demo logins', () => {
  /** @type {string} */
  let folder;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'linqiao-logins-'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** @param {unknown} content */
  const tableOf = (content) => {
    const path = join(folder, 'logins.json');
    writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
    return demoLoginTable(path);
  };
  const logins = [
    { login: 'finance', password: 'p-1', role: { zh: '财务人员', en: 'Finance officer' } },
    { login: 'op', password: 'p-22', role: 'Operator' },
  ];
  const table = [
    '身份      Role             账号 Login  密码 Password',
    '财务人员  Finance officer  finance     p-1',
    '          Operator         op          p-22',
  ];

  it('stands in columns, a Chinese character being two wide', () => {
    expect(tableOf(logins)).toEqual(table);
    expect(tableOf({ logins })).toEqual(table);
  });

  it.each([['{'], [{ logins: 'none' }], ['null'], ['']])(
    'is empty where the file says nothing: %j',
    (content) => {
      expect(tableOf(content)).toEqual([]);
    },
  );

  it('is empty where there is no file', () => {
    expect(demoLoginTable(join(folder, 'absent.json'))).toEqual([]);
  });
});
