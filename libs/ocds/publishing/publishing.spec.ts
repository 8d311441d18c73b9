import { describe, expect, it } from '@jest/globals';
import { DomainError, Money } from '#libs/kernel';
import type { AnySchema } from 'ajv';
import ajvDraft04 from 'ajv-draft-04';
import ajvFormats from 'ajv-formats';
import fc from 'fast-check';
import { compileReleases } from '../merging/compile.js';
import { buildRecord } from '../merging/record.js';
import { checkRelease } from '../quality/check-release.js';
import { copyJson } from '../quality/json-value.js';
import { mutatedRelease } from '../quality/mutations.test-support.js';
import { validateAgainst, validateRelease } from '../quality/validate.js';
import { sampleBids, sampleRelease } from '../sample-release.test-support.js';
import { itWithSharedData, readSharedJson } from '../shared-data.test-support.js';
import { BIDS_EXTENSION } from '../standard/bids-rules.js';
import { PACKAGE_METADATA } from '../standard/package-rules.js';
import type { Release } from '../standard/package-types.js';
import { moneyFromValue, valueFromMoney } from './amounts.js';
import { ocidOf, partyId } from './identifiers.js';
import { packRecords, packReleases, type PackageHeading } from './packages.js';
import { ReleaseBuilder, type ReleaseHeading } from './release-builder.js';

const HEADING: ReleaseHeading = {
  ocidPrefix: 'ocds-zz0000',
  processId: '2026-0012',
  eventId: 'award-1',
  date: '2026-04-01T02:00:00Z',
  tag: ['award'],
};
const bureau = { id: partyId('CN-USCC', '11330203MB00000017'), name: '示范区民政局' };
const carers = { id: partyId('CN-USCC', '52330203MJ00000028'), name: '邻里关怀服务中心' };

function awardRelease(heading: Partial<ReleaseHeading> = {}): ReleaseBuilder {
  const builder = new ReleaseBuilder({ ...HEADING, ...heading });
  const buyer = builder.party(bureau, 'buyer', 'procuringEntity');
  const supplier = builder.party(carers, 'tenderer');
  return builder.with({
    buyer,
    tender: { id: '2026-0012', procuringEntity: buyer, tenderers: [supplier] },
    awards: [
      {
        id: '1',
        status: 'active',
        suppliers: [builder.reference(carers.id, 'supplier')],
        value: valueFromMoney(Money.fen(5_400_000n)),
      },
    ],
  });
}

const codeOf = (act: () => unknown): string => {
  try {
    act();
  } catch (error) {
    if (error instanceof DomainError) return error.code;
    throw error;
  }
  return 'no error';
};

describe('ReleaseBuilder', () => {
  it('builds a release that the standard accepts and that does not contradict itself', () => {
    const release = awardRelease().build();
    expect(validateRelease(release).problems).toEqual([]);
    expect(checkRelease(release)).toEqual([]);
    expect(release).toMatchObject({
      ocid: 'ocds-zz0000-2026-0012',
      id: 'ocds-zz0000-2026-0012-award-1',
      language: 'zh',
    });
    expect(release.parties?.map(({ id, roles }) => [id, roles])).toEqual([
      [bureau.id, ['buyer', 'procuringEntity']],
      [carers.id, ['supplier', 'tenderer']],
    ]);
  });

  it('adds roles to an organization that is entered again, each once, and replaces a section set again', () => {
    const builder = new ReleaseBuilder(HEADING);
    const reference = builder.party(carers, 'tenderer', 'tenderer');
    expect(reference).toEqual(carers);
    expect(builder.party(carers, 'supplier', 'tenderer')).toEqual(reference);
    expect(builder.reference(carers.id, 'payee')).toEqual(reference);
    const release = builder
      .with({ tender: { id: '1', tenderers: [carers] } })
      .with({ tender: { id: '2' } })
      .build();
    expect(release.parties).toEqual([{ ...carers, roles: ['payee', 'supplier', 'tenderer'] }]);
    expect(release.tender).toEqual({ id: '2' });
    expect(new ReleaseBuilder({ ...HEADING, language: 'en' }).build()).toMatchObject({
      language: 'en',
      tag: ['award'],
    });
    expect(new ReleaseBuilder(HEADING).build()).not.toHaveProperty('parties');
  });

  it('names what is wrong, five problems at most', () => {
    const tag = Array.from({ length: 7 }, () => 'none') as unknown as ReleaseHeading['tag'];
    expect(() => awardRelease({ tag }).build()).toThrow(
      /^[^;]*not-in-codelist[^;]*(;[^;]*not-in-codelist[^;]*){4}$/,
    );
  });

  it('gives the same event the same release, and shares nothing with the caller', () => {
    const builder = awardRelease();
    const first = builder.build();
    (first.awards ?? [])[0]!.id = 'changed'; // eslint-disable-line @typescript-eslint/no-non-null-assertion -- built above
    expect(builder.build()).toEqual(awardRelease().build());
  });

  it.each<[string, () => unknown, string]>([
    ['a prefix that is not registered in this form', () => awardRelease({ ocidPrefix: 'zz0000' }), 'ocds.bad-ocid-prefix'],
    ['a process without a number', () => awardRelease({ processId: '' }), 'ocds.bad-process-id'],
    ['an event with a # in it', () => awardRelease({ eventId: 'a#1' }), 'ocds.bad-process-id'],
    ['an organization that was not entered', () => awardRelease().reference('nobody'), 'ocds.unknown-party'],
    ['two names for one organization', () => awardRelease().party({ ...carers, name: '别名' }), 'ocds.conflicting-party'],
    ['a date without a zone', () => awardRelease({ date: '2026-04-01' }).build(), 'ocds.invalid-release'],
    ['a supplier that is no party', () => awardRelease().with({ awards: [{ id: '1', suppliers: [{ id: 'nobody' }] }] }).build(), 'ocds.invalid-release'],
    ['a contract of an award that is not there', () => awardRelease().with({ contracts: [{ id: 'c', awardID: '2' }] }).build(), 'ocds.invalid-release'],
    ['a bid field that the cited extension lacks', () => awardRelease().with({ bids: { details: [{ id: 'b', rank: 1 }] } }).build(), 'ocds.invalid-release'],
  ])('refuses %s', (_name, act, code) => {
    expect(codeOf(act)).toBe(code);
  }); // prettier-ignore

  it('accepts bids in the fields of the cited extension (negative control)', () => {
    const release = awardRelease().with({
      bids: { details: [{ id: 'b', status: 'valid', tenderers: [carers] }] },
    });
    expect(codeOf(() => release.build())).toBe('no error');
  });
});

describe('identifiers', () => {
  it('make an ocid from the prefix and the process', () => {
    expect(ocidOf('ocds-zz0000', '2026-0012')).toBe('ocds-zz0000-2026-0012');
    expect(partyId('CN-USCC', '52330203MJ00000028')).toBe('CN-USCC-52330203MJ00000028');
  });

  it.each(['ocds-ZZ0000', 'ocds-zz000', 'ocds-zz00000', 'xocds-zz0000', 'ocds-zz0000\n', ''])(
    'refuse the prefix %j',
    (prefix) => {
      expect(codeOf(() => ocidOf(prefix, '1'))).toBe('ocds.bad-ocid-prefix');
    },
  );

  it.each(['', 'a b', ' a', 'a ', 'a\n', 'a#1', '#'])('refuse the number %j', (id) => {
    expect(codeOf(() => ocidOf('ocds-zz0000', id))).toBe('ocds.bad-process-id');
  });
});

describe('amounts', () => {
  it('survive the way through a JSON number up to 90 billion yuan', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -9_000_000_000_000n, max: 9_000_000_000_000n }), (fen) => {
        const value = JSON.parse(JSON.stringify(valueFromMoney(Money.fen(fen)))) as {
          amount: number;
          currency: string;
        };
        expect(moneyFromValue(value).toBigInt()).toBe(fen);
      }),
    );
  });

  it('are exact or refused over the whole range of money', () => {
    const limit = BigInt(Number.MAX_SAFE_INTEGER);
    fc.assert(
      fc.property(fc.bigInt({ min: -limit, max: limit }), (fen) => {
        const money = Money.fen(fen);
        const code = codeOf(() => {
          expect(moneyFromValue(valueFromMoney(money)).toBigInt()).toBe(fen);
        });
        expect(['no error', 'ocds.amount-not-representable']).toContain(code);
      }),
    );
  });

  it.each([
    [{ amount: 12.5, currency: 'USD' }, 'ocds.amount-not-representable'],
    [{ currency: 'CNY' }, 'ocds.amount-not-representable'],
    [{ amount: 12.5 }, 'ocds.amount-not-representable'],
    [{ amount: null, currency: 'CNY' }, 'ocds.amount-not-representable'],
    [{ amount: 0.001, currency: 'CNY' }, 'kernel.money-not-whole-fen'],
    [{ amount: 1e300, currency: 'CNY' }, 'kernel.'],
  ])('refuse %j', (value, code) => {
    expect(codeOf(() => moneyFromValue(value))).toContain(code);
  });
});

const PACKAGE: PackageHeading = {
  uri: 'https://example.org/ocds/2026-04',
  publishedDate: '2026-04-02T00:00:00Z',
  publisher: { name: '示范区', scheme: 'CN-USCC', uid: '11330203MB00000017' },
  license: 'https://creativecommons.org/licenses/by/4.0/',
};

/** The official schemas of packages, which refer to the one of releases by its address. */
function officialPackageJudge(name: string): (value: unknown) => boolean {
  const ajv = new ajvDraft04.default({ strict: false, logger: false });
  ajvFormats.default(ajv);
  for (const part of ['release-schema', 'versioned-release-validation-schema']) {
    ajv.addSchema(readSharedJson(`schema-1.1/schema/${part}.json`) as AnySchema);
  }
  const check = ajv.compile(readSharedJson(`schema-1.1/schema/${name}.json`) as AnySchema);
  return (value) => check(value) === true;
}

describe('packages', () => {
  const withBids = (): Release => ({ ...sampleRelease(), bids: sampleBids() });

  it('cite the pinned version of the bids extension exactly when bids are in them', () => {
    expect(packReleases(PACKAGE, [withBids()]).extensions).toEqual([BIDS_EXTENSION.url]);
    expect(packReleases(PACKAGE, [sampleRelease()]).extensions).toBeUndefined();
    expect(BIDS_EXTENSION.url).toContain(BIDS_EXTENSION.version);
  });

  it('cite the extension for a bid named by an award or a contract alone, in releases and in records', () => {
    const naming = (change: (release: Release) => void): Release => {
      const release = sampleRelease();
      change(release);
      return release;
    };
    const cases = [
      naming((release) => Object.assign(release.awards?.[0] ?? {}, { relatedBid: 'b' })),
      naming((release) => Object.assign(release.awards?.[0] ?? {}, { relatedBids: ['b'] })),
      naming((release) => Object.assign(release.contracts?.[0] ?? {}, { relatedBids: ['b'] })),
    ];
    for (const release of cases) {
      expect(packReleases(PACKAGE, [sampleRelease(), { ...release, id: 'other' }]).extensions).toEqual([
        BIDS_EXTENSION.url,
      ]);
      expect(packRecords(PACKAGE, [buildRecord([release])]).extensions).toEqual([BIDS_EXTENSION.url]);
    }
    expect(packRecords(PACKAGE, [buildRecord([sampleRelease()])])).not.toHaveProperty('extensions');
    expect(packRecords(PACKAGE, [buildRecord([sampleRelease()])])).not.toHaveProperty('packages');
    const [one] = ['https://example.org/ocds/2026-04'];
    expect(packRecords(PACKAGE, [buildRecord([sampleRelease()])], [one]).packages).toEqual([one]);
  });

  it('say where in a record the standard is broken, also in what was compiled', () => {
    const record = buildRecord([sampleRelease()]);
    const broken = { ...sampleRelease(), date: 'today' };
    expect(() => packRecords(PACKAGE, [record, { ...record, releases: [broken] }])).toThrow(
      '/records/1/releases/0/date bad-format',
    );
    expect(() => packRecords(PACKAGE, [{ ...record, compiledRelease: broken }])).toThrow(
      '/records/0/compiledRelease/date bad-format',
    );
    expect(() => packReleases(PACKAGE, [sampleRelease(), broken])).toThrow('/releases/1/date bad-format');
  });

  it('refuse bad metadata, no release, the same release twice, and a release that breaks the standard', () => {
    const good = sampleRelease();
    expect(codeOf(() => packReleases({ ...PACKAGE, uri: 'packages/1' }, [good]))).toBe(
      'ocds.invalid-package',
    );
    expect(codeOf(() => packReleases(PACKAGE, []))).toBe('ocds.invalid-package');
    expect(codeOf(() => packReleases(PACKAGE, [good, good]))).toBe('ocds.invalid-package');
    expect(codeOf(() => packReleases(PACKAGE, [{ ...good, tag: [] }]))).toBe('ocds.invalid-package');
    const record = buildRecord([good]);
    expect(codeOf(() => packRecords(PACKAGE, [{ ...record, releases: [{ ...good, date: 'today' }] }]))).toBe(
      'ocds.invalid-package',
    );
  });

  itWithSharedData('of releases and of records pass the official schemas', () => {
    const releases = [awardRelease().build(), withBids()];
    expect(officialPackageJudge('release-package-schema')(copyJson(packReleases(PACKAGE, releases)))).toBe(
      true,
    );
    const first = awardRelease({ eventId: 'award-0', date: '2026-03-31T00:00:00Z' }).build();
    const record = buildRecord([awardRelease().build(), first]);
    const pack = packRecords(PACKAGE, [record], ['https://example.org/ocds/2026-04']);
    expect(officialPackageJudge('record-package-schema')(copyJson(pack))).toBe(true);
    expect(pack.records[0]?.compiledRelease).toEqual(compileReleases([first, awardRelease().build()]));
  });

  itWithSharedData('have their metadata judged like the official schema judges it', () => {
    const judge = officialPackageJudge('release-package-schema');
    const base = { ...PACKAGE, version: '1.1', extensions: [BIDS_EXTENSION.url], publicationPolicy: null };
    const releases = [sampleRelease()];
    fc.assert(
      fc.property(mutatedRelease([base], 3), (changed) => {
        const metadata = changed as object;
        // The list of packages is metadata of record packages, which this judge does not know.
        fc.pre(!('packages' in metadata) && !('releases' in metadata));
        expect(validateAgainst(PACKAGE_METADATA, metadata).valid).toBe(judge({ ...metadata, releases }));
      }),
      { numRuns: 1000 },
    );
  });
});
