import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { leafHash } from './hash.js';
import { MerkleLog } from './log.js';
import { codeOf, entries, entry, givenLog, leaves } from './merkle.test-support.js';
import { dropMerkleTablesSql, merkleTablesSql, PostgresTileStore } from './postgres-tile-store.js';
import { verifyConsistency, verifyInclusion } from './proof.js';

const url = process.env['TEST_DATABASE_URL'];
const schema = `merkle_${randomBytes(6).toString('hex')}`;

(url === undefined ? describe.skip : describe)('tiles in Postgres', () => {
  let pool: pg.Pool;

  beforeAll(async () => {
    pool = new pg.Pool({ connectionString: url, max: 10 });
    await pool.query(`CREATE SCHEMA ${schema}`);
    await pool.query(merkleTablesSql(schema));
  });

  afterAll(async () => {
    await pool.query(dropMerkleTablesSql(schema));
    await pool.query(`DROP SCHEMA ${schema}`);
    await pool.end();
  });

  const logOf = (name: string, database: pg.Pool | pg.PoolClient = pool) =>
    new MerkleLog(new PostgresTileStore(database, { log: name, schema }));

  /** The name of the constraint a statement broke; any other outcome fails the test. */
  async function brokenBy(sql: string): Promise<string | undefined> {
    try {
      await pool.query(sql);
    } catch (error) {
      if (error instanceof pg.DatabaseError) return error.constraint;
      throw error;
    }
    throw new Error('expected the statement to be refused');
  }

  it('hold the same tree as tiles in memory, over the edges of tiles and of a second level', async () => {
    const log = logOf('same');
    const memory = await givenLog(0);
    const all = leaves(66_000);
    for (const [from, to] of [
      [0, 1],
      [1, 255],
      [255, 257],
      [257, 600],
      [600, 65_700],
      [65_700, 66_000],
    ] as const) {
      await memory.appendHashes(all.slice(from, to));
      expect(await log.appendHashes(all.slice(from, to))).toMatchObject({ firstIndex: from, size: to });
      expect(await log.head()).toEqual(await memory.head());
    }
    const head = await log.head();
    for (const index of [0, 255, 256, 40_000, 65_999]) {
      const proof = await log.inclusionProof(index);
      expect(proof).toEqual(await memory.inclusionProof(index));
      verifyInclusion(leafHash(entry(index)), proof, head);
    }
    for (const size of [0, 1, 256, 257, 65_536, 66_000]) {
      expect(await log.rootAt(size)).toEqual(await memory.rootAt(size));
      verifyConsistency({ size, root: await log.rootAt(size) }, head, await log.consistencyProof(size));
    }
    expect(await log.audit()).toEqual(await memory.audit());
  });

  it('keep logs apart', async () => {
    const a = await logOf('a').append(entries(3));
    const b = await logOf('b').append(entries(3, 100));
    expect(a.size).toBe(b.size);
    expect(a.root).not.toEqual(b.root);
  });

  it('lose nothing when many processes append at the same time', async () => {
    await logOf('busy').append([entry(0)]);
    const writers = Array.from({ length: 10 }, (_, w) => logOf('busy').append(entries(20, 1_000 * (w + 1))));
    const appended = await Promise.all(writers);
    const log = logOf('busy');
    const head = await log.head();
    expect(head.size).toBe(201);
    for (const [w, { firstIndex }] of appended.entries()) {
      for (let i = 0; i < 20; i++) {
        const leaf = leafHash(entry(1_000 * (w + 1) + i));
        verifyInclusion(leaf, await log.inclusionProof(firstIndex + i), head);
      }
    }
    await log.audit();
  });

  it('also when nobody has appended before', async () => {
    await Promise.all(Array.from({ length: 5 }, (_, w) => logOf('fresh').append(entries(2, 10 * w))));
    expect((await logOf('fresh').audit()).size).toBe(10);
  });

  it('go back with the transaction they were written in', async () => {
    await logOf('rolled-back').append(entries(3));
    const before = await logOf('rolled-back').head();
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      expect((await logOf('rolled-back', client).append(entries(300, 3))).size).toBe(303);
      await client.query('ROLLBACK');
    } finally {
      client.release();
    }
    expect(await logOf('rolled-back').head()).toEqual(before);
    await logOf('rolled-back').append(entries(1, 3));
    expect((await logOf('rolled-back').audit()).size).toBe(4);
  });

  it('refuse to be changed, shortened, shrunk, deleted or truncated', async () => {
    await logOf('guarded').append(entries(300));
    const tile = `UPDATE ${schema}.merkle_tile SET hashes`;
    const first = `WHERE log = 'guarded' AND level = 0 AND index = 0`;
    const last = `WHERE log = 'guarded' AND level = 0 AND index = 1`;
    expect(await brokenBy(`${tile} = set_byte(hashes, 77, 255 - get_byte(hashes, 77)) ${first}`)).toBe(
      'merkle_tile_append_only',
    );
    expect(await brokenBy(`${tile} = substring(hashes FOR 32) ${last}`)).toBe('merkle_tile_append_only');
    expect(await brokenBy(`UPDATE ${schema}.merkle_tile SET index = 9 ${last}`)).toBe(
      'merkle_tile_append_only',
    );
    expect(await brokenBy(`DELETE FROM ${schema}.merkle_tile ${last}`)).toBe('merkle_tile_append_only');
    expect(await brokenBy(`UPDATE ${schema}.merkle_tree SET size = 299 WHERE log = 'guarded'`)).toBe(
      'merkle_tree_append_only',
    );
    expect(await brokenBy(`UPDATE ${schema}.merkle_tree SET root = sha256('x') WHERE log = 'guarded'`)).toBe(
      'merkle_tree_append_only',
    );
    expect(await brokenBy(`DELETE FROM ${schema}.merkle_tree WHERE log = 'guarded'`)).toBe(
      'merkle_tree_append_only',
    );
    for (const change of [`log = 'same'`, 'level = 1']) {
      expect(await brokenBy(`UPDATE ${schema}.merkle_tile SET ${change} ${last}`)).toBe(
        'merkle_tile_append_only',
      );
    }
    expect(
      await brokenBy(`UPDATE ${schema}.merkle_tree SET log = 'x', size = 301 WHERE log = 'guarded'`),
    ).toBe('merkle_tree_append_only');
    expect(await brokenBy(`TRUNCATE ${schema}.merkle_tile`)).toBe('merkle_tile_append_only');
    // One statement for both tables needs no key in the way; the guard of the tiles is off, so the tree's own speaks.
    expect(
      await brokenBy(
        `ALTER TABLE ${schema}.merkle_tile DISABLE TRIGGER merkle_tile_no_truncate;
         TRUNCATE ${schema}.merkle_tree, ${schema}.merkle_tile`,
      ),
    ).toBe('merkle_tree_append_only');
    expect((await logOf('guarded').head()).size).toBe(300);
  });

  it.each([
    ['merkle_tile_holds_whole_hashes', `merkle_tile VALUES ('walls', 0, 5, '\\x00')`],
    ['merkle_tile_holds_whole_hashes', `merkle_tile VALUES ('walls', 0, 5, '')`],
    ['merkle_tile_holds_whole_hashes', `merkle_tile VALUES ('walls', 0, 5, decode(repeat('00', 33), 'hex'))`],
    [
      'merkle_tile_holds_whole_hashes',
      `merkle_tile VALUES ('walls', 0, 5, decode(repeat('00', 257 * 32), 'hex'))`,
    ],
    ['merkle_tile_level_in_range', `merkle_tile VALUES ('walls', 6, 5, decode(repeat('00', 32), 'hex'))`],
    ['merkle_tile_level_in_range', `merkle_tile VALUES ('walls', -1, 5, decode(repeat('00', 32), 'hex'))`],
    [
      'merkle_tile_index_not_negative',
      `merkle_tile VALUES ('walls', 0, -1, decode(repeat('00', 32), 'hex'))`,
    ],
    ['merkle_tile_tree_fk', `merkle_tile VALUES ('nowhere', 0, 0, decode(repeat('00', 32), 'hex'))`],
    ['merkle_tile_pk', `merkle_tile VALUES ('walls', 0, 0, decode(repeat('00', 32), 'hex'))`],
    ['merkle_tree_pk', `merkle_tree VALUES ('walls', 1, sha256('x'))`],
    ['merkle_tree_size_not_negative', `merkle_tree VALUES ('negative', -1, sha256('x'))`],
    ['merkle_tree_root_is_a_hash', `merkle_tree VALUES ('short', 0, '\\x00')`],
  ])('refuse by %s alone: %s', async (constraint, values) => {
    if ((await logOf('walls').head()).size === 0) await logOf('walls').append(entries(3));
    expect(await brokenBy(`INSERT INTO ${schema}.${values}`)).toBe(constraint);
  });

  it('hold every constraint that stands in the catalogue, and each of them has its case above', async () => {
    const { rows } = await pool.query<{ conname: string }>(
      `SELECT conname FROM pg_constraint WHERE connamespace = $1::regnamespace AND contype <> 'n' ORDER BY conname`,
      [schema],
    );
    expect(rows.map(({ conname }) => conname)).toEqual([
      'merkle_tile_holds_whole_hashes',
      'merkle_tile_index_not_negative',
      'merkle_tile_level_in_range',
      'merkle_tile_pk',
      'merkle_tile_tree_fk',
      'merkle_tree_pk',
      'merkle_tree_root_is_a_hash',
      'merkle_tree_size_not_negative',
    ]);
    for (const table of ['merkle_tree', 'merkle_tile']) {
      const nullable = await pool.query(
        `SELECT attname FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attnotnull`,
        [`${schema}.${table}`],
      );
      expect(nullable.rows).toEqual([]);
    }
  });

  it('show to the audit what an administrator changed with the guard switched off', async () => {
    await logOf('tampered').append(entries(70_000));
    await logOf('tampered').audit();
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      await client.query(`ALTER TABLE ${schema}.merkle_tile DISABLE TRIGGER merkle_tile_append_only`);
      const { rowCount } = await client.query(
        `UPDATE ${schema}.merkle_tile SET hashes = set_byte(hashes, 77, 255 - get_byte(hashes, 77))
          WHERE log = 'tampered' AND level = 0 AND index = 100`,
      );
      expect(rowCount).toBe(1);
      expect(await codeOf(() => logOf('tampered', client).audit())).toBe('store-corrupted');
    } finally {
      await client.query('ROLLBACK');
      client.release();
    }
    await logOf('tampered').audit();
  });

  it('accept no schema name that is more than a name', () => {
    expect(() => merkleTablesSql('public"; DROP TABLE x; --')).toThrow(TypeError);
  });
});
