import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import '#libs/evaluation';
import { declaredEvents, ERROR_KINDS, errorCatalogue, type ErrorDefinition } from '#libs/kernel';
import '#libs/matching';
import '#libs/merkle';
import '#libs/ocds';
import '#libs/sealing';
import '../../src/app.module.js';
import { declaredChecks } from '../../src/platform/checks/data-check.js';
import { STATUS_OF_KIND } from '../../src/platform/problem/problem.js';

const root = join(import.meta.dirname, '../..');
const DOCUMENT = join(root, 'docs/error-codes.md');
const HAN = /\p{Script=Han}/u;

/** Sources without tests, by path. */
const sources = ['src', 'libs'].flatMap((folder) =>
  readdirSync(join(root, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /[.]ts$/.test(entry.name) && !/spec|test-support/.test(entry.name))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8')),
);
const text = sources.join('\n');
/** How an entry of a catalogue says its own code. */
const OWN_CODE = /\bcode: '([^']+)',\s+kind: '/g;
/** The sources without that: to define a code is not to raise it. */
const raising = text.replaceAll(OWN_CODE, '');

describe('the error codes', () => {
  const codes = [...errorCatalogue()].sort(([a], [b]) => (a < b ? -1 : 1));

  it('are kebab-case with their module in front, each with a Chinese and an English text', () => {
    expect(codes.length).toBeGreaterThan(100);
    for (const [code, { zh, en }] of codes) {
      expect(code).toMatch(/^[a-z][a-z0-9]*(-[a-z0-9]+)*[.][a-z][a-z0-9]*(-[a-z0-9]+)*$/);
      expect({ code, zh: HAN.test(zh), en: /^[A-Z"{]/.test(en) && !HAN.test(en) }).toEqual({
        code,
        zh: true,
        en: true,
      });
    }
  });

  it('have a status for every kind, each kind another', () => {
    expect(Object.keys(STATUS_OF_KIND).sort()).toEqual([...ERROR_KINDS].sort());
    expect(new Set(Object.values(STATUS_OF_KIND)).size).toBe(ERROR_KINDS.length);
  });

  it('are each written out once, where they are defined, so that a search for one ends there', () => {
    const written = [...text.matchAll(OWN_CODE)].map(([, code = '']) => code).sort();
    expect(written).toEqual(codes.map(([code]) => code));
    const seed =
      "{ tooLate: { code: 'probe.too-late', kind: 'conflict', zh: '晚', en: 'Late' }, other: { kind: 'x' } }";
    expect([...seed.matchAll(OWN_CODE)].map(([, code]) => code)).toEqual(['probe.too-late']);
  });

  it('are each raised somewhere', () => {
    const unraised = codes.filter(([code]) => !isMentioned(code)).map(([code]) => code);
    expect(unraised).toEqual([]);
    expect(isMentioned('platform.never-raised-anywhere')).toBe(false);
  });

  // `UPDATE_DOCS=1 npm run jest -- --selectProjects architecture --testPathPatterns catalogues` writes it.
  it('are listed in docs/error-codes.md', () => {
    const wanted = documentOf(codes);
    if (process.env['UPDATE_DOCS']) writeFileSync(DOCUMENT, wanted);
    expect(existsSync(DOCUMENT) ? readFileSync(DOCUMENT, 'utf8') : '').toBe(wanted);
  });
});

describe('the events', () => {
  it('are each named in the README of their module', () => {
    const undocumented = [...declaredEvents()].sort().filter((type) => {
      const [module = '', event = ''] = type.split('.');
      const readme = join(root, 'src/modules', module, 'README.md');
      return !existsSync(readme) || !readFileSync(readme, 'utf8').includes(event);
    });
    expect(undocumented).toEqual([]);
  });
});

describe('the data checks', () => {
  it('that a module declares are loaded with the application', () => {
    const declaredInFiles = sources
      .flatMap((source) => source.split('defineCheck({').slice(1))
      .flatMap((definition) => /name: '([^']+)'/.exec(definition)?.[1] ?? []);
    const loaded = declaredChecks().map(({ name }) => name);
    expect(loaded.sort()).toEqual([...declaredInFiles].sort());
  });

  it('say in Chinese and English what must hold', () => {
    for (const { zh, en } of declaredChecks()) {
      expect(zh).toMatch(HAN);
      expect(en).not.toMatch(HAN);
    }
  });
});

/** Is the factory of the code called, or the code written out, anywhere? */
function isMentioned(code: string): boolean {
  const [module = '', name = ''] = code.split('.');
  const factory = name.replaceAll(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const called = new RegExp(`\\.${factory}\\b|\\['${factory}'\\]|'${module}\\.${name}'`);
  return called.test(raising);
}

function documentOf(codes: readonly (readonly [string, ErrorDefinition])[]): string {
  const modules = [...new Set(codes.map(([code]) => code.split('.')[0] ?? ''))];
  return [
    '# Error codes',
    '',
    'Every refusal carries one of these codes in `code` (RFC 9457, `application/problem+json`); the number is its',
    'HTTP status. Codes are stable: programs may rely on them; texts may be reworded. `{…}` stands for a value',
    'that is also in `details`. The list is made from the code; a test fails when it is out of date.',
    '',
    ...modules.flatMap((module) => [
      `## ${module}`,
      '',
      ...codes
        .filter(([code]) => code.startsWith(`${module}.`))
        .flatMap(([code, { kind, zh, en }]) => [
          `- \`${code}\` (${STATUS_OF_KIND[kind]})`,
          `  - ${zh}`,
          `  - ${en}`,
        ]),
      '',
    ]),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n');
}
