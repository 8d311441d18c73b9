import { describe, expect, it } from '@jest/globals';
import { removeAt, setAt } from '../at-pointer.test-support.js';
import { sampleBids, sampleRelease } from '../sample-release.test-support.js';
import type { Release } from '../standard/package-types.js';
import { validateRelease } from './validate.js';

type Change = (release: Release) => void;

const set =
  (pointer: string, value: unknown): Change =>
  (release) => {
    setAt(release, pointer, value);
  };
const remove =
  (pointer: string): Change =>
  (release) => {
    removeAt(release, pointer);
  };

const problemsAfter = (change: Change, options = {}) => {
  const release = sampleRelease();
  change(release);
  return validateRelease(release, options).problems.map(({ pointer, code }) => `${pointer} ${code}`);
};

describe('validateRelease', () => {
  it('accepts a complete release', () => {
    expect(validateRelease(sampleRelease())).toEqual({ valid: true, problems: [], omitted: 0 });
  });

  it.each<[string, Change, string[]]>([
    ['a missing field', remove('/initiationType'), [' missing-field']],
    ['a missing reference', remove('/contracts/0/awardID'), ['/contracts/0 missing-field']],
    ['a wrong type', set('/awards/0/value/amount', '1'), ['/awards/0/value/amount wrong-type']],
    ['a number out of range', set('/tender/value/amount', 1e400), ['/tender/value/amount wrong-type']],
    ['half a tenderer', set('/tender/numberOfTenderers', 1.5), ['/tender/numberOfTenderers wrong-type']],
    ['a code outside a closed list', set('/tag', ['contrat']), ['/tag/0 not-in-codelist']],
    ['no tag', set('/tag', []), ['/tag too-few-items']],
    ['a date without zone', set('/date', '2026-05-06T08:30:00'), ['/date bad-format']],
    [
      'a URI without scheme',
      set('/contracts/0/relatedProcesses/0/uri', 'www.x.cn'),
      ['/contracts/0/relatedProcesses/0/uri bad-format'],
    ],
    ['an empty id', set('/id', ''), ['/id empty-text']],
    [
      'the same party twice',
      set('/parties', [
        { id: 'a', name: 'b' },
        { name: 'b', id: 'a' },
      ]),
      ['/parties repeated-item'],
    ],
    ['a translation that is no text', set('/tender/title_en', 1), ['/tender/title_en wrong-type']],
  ])('reports %s at its place', (_name, change, expected) => {
    expect(problemsAfter(change)).toEqual(expected);
  });

  it.each<[string, Change]>([
    ['a code outside an open list', set('/tender/documents/0/documentType', 'houseRule')],
    ['a field of another extension', set('/tender/lots', [{ id: 1 }])],
    ['a key that only looks like a translation', set('/tender/title_', 1)],
    ['null where the standard allows it', set('/tender/title', null)],
    [
      'two parties that differ',
      set('/parties', [
        { name: 'a', id: 'b' },
        { id: 'c', name: 'a' },
      ]),
    ],
  ])('accepts %s', (_name, change) => {
    expect(problemsAfter(change)).toEqual([]);
  });

  it.each([null, undefined, 1, 'release', [], [{}]])(
    'answers for %j as a value that is no release',
    (value) => {
      expect(validateRelease(value).problems).toMatchObject([{ pointer: '', code: 'wrong-type' }]);
    },
  );

  it('checks bids only when asked to, because the standard itself does not know them', () => {
    const change: Change = (release) => {
      release.bids = sampleBids();
      setAt(release, '/bids/details/0/status', 'lost');
      removeAt(release, '/bids/statistics/0/measure');
    };
    expect(problemsAfter(change)).toEqual([]);
    expect(problemsAfter(change, { bids: true })).toEqual([
      '/bids/statistics/0 missing-field',
      '/bids/details/0/status not-in-codelist',
    ]);
  });

  it('checks the fields of bids, a small object of theirs also for holding anything', () => {
    const bidding = (bid: object) => {
      const release = { ...sampleRelease(), bids: { details: [{ id: 'b', ...bid }] } };
      return validateRelease(release, { bids: true }).problems.map(
        ({ pointer, code }) => `${pointer} ${code}`,
      );
    };
    expect(bidding({ identifiers: [{ id: '1' }] })).toEqual([]);
    expect(bidding({ identifiers: [{}] })).toEqual(['/bids/details/0/identifiers/0 too-few-fields']);
    expect(bidding({ identifiers: [{ id: '' }] })).toEqual(['/bids/details/0/identifiers/0/id empty-text']);
  });

  it('lists no more problems than asked for and counts the rest', () => {
    const release = sampleRelease() as { tag: unknown };
    release.tag = Array.from({ length: 100 }, () => 'none');
    const result = validateRelease(release, { maxProblems: 3 });
    expect(result.problems).toHaveLength(3);
    expect(result.omitted).toBe(97);
  });

  it('refuses a list nested too deeply to compare instead of overflowing the stack', () => {
    const release = sampleRelease() as { parties: unknown };
    release.parties = [JSON.parse('{"a":'.repeat(5000) + '1' + '}'.repeat(5000)), {}];
    expect(validateRelease(release).problems).toMatchObject([{ pointer: '/parties', code: 'too-deep' }]);
  });
});
