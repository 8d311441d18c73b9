import { MerkleError } from './errors.js';
import { EMPTY_ROOT, HASH_BYTES } from './hash.js';
import type { TreeHead } from './proof.js';
import { TILE_BYTES, type Tile, type TileKey } from './tile.js';
import type { TileStore } from './tile-store.js';

/** A pool, a client or a transaction: whatever runs one statement. With a transaction, the log joins it. */
export interface Queryable {
  query(sql: string, params: unknown[]): Promise<{ rows: unknown[] }>;
}

export interface PostgresTileStoreOptions {
  /** Names the log; several may share the tables. */
  log: string;
  /** Database schema of the tables, e.g. `transparency`. */
  schema: string;
}

function identifier(name: string): string {
  // The only part of a statement that is not a parameter, so nothing but a plain name is let in.
  if (!/^[a-z_][a-z0-9_]{0,62}$/.test(name)) throw new TypeError('schema must be a plain lower-case name');
  return `"${name}"`;
}

/**
 * The tables, for a migration to run once. Append-only is a rule of the database too: a full tile does not
 * change, an unfinished one only grows, the tree does not shrink, nothing is deleted. An administrator can
 * switch that off; the witnesses' checkpoints are what then tells.
 */
export function merkleTablesSql(schema: string): string {
  const s = identifier(schema);
  return `
CREATE TABLE ${s}.merkle_tree (
  log text CONSTRAINT merkle_tree_pk PRIMARY KEY,
  size bigint NOT NULL CONSTRAINT merkle_tree_size_not_negative CHECK (size >= 0),
  root bytea NOT NULL CONSTRAINT merkle_tree_root_is_a_hash CHECK (octet_length(root) = ${HASH_BYTES})
);

CREATE TABLE ${s}.merkle_tile (
  log text NOT NULL CONSTRAINT merkle_tile_tree_fk REFERENCES ${s}.merkle_tree,
  level smallint NOT NULL CONSTRAINT merkle_tile_level_in_range CHECK (level BETWEEN 0 AND 5),
  index bigint NOT NULL CONSTRAINT merkle_tile_index_not_negative CHECK (index >= 0),
  hashes bytea NOT NULL CONSTRAINT merkle_tile_holds_whole_hashes
    CHECK (octet_length(hashes) BETWEEN ${HASH_BYTES} AND ${TILE_BYTES} AND octet_length(hashes) % ${HASH_BYTES} = 0),
  CONSTRAINT merkle_tile_pk PRIMARY KEY (log, level, index)
);
-- Hashes do not compress; trying costs time.
ALTER TABLE ${s}.merkle_tile ALTER COLUMN hashes SET STORAGE EXTERNAL;

CREATE FUNCTION ${s}.merkle_append_only() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    -- Nested, because a condition is one expression and the two tables have different columns.
    IF TG_TABLE_NAME = 'merkle_tile' THEN
      IF (NEW.log, NEW.level, NEW.index) = (OLD.log, OLD.level, OLD.index)
         AND substring(NEW.hashes FOR octet_length(OLD.hashes)) = OLD.hashes THEN
        RETURN NEW;
      END IF;
    ELSIF NEW.log = OLD.log AND NEW.size > OLD.size THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME
    USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = TG_TABLE_NAME || '_append_only';
END $body$;

CREATE TRIGGER merkle_tile_append_only BEFORE UPDATE OR DELETE ON ${s}.merkle_tile
  FOR EACH ROW EXECUTE FUNCTION ${s}.merkle_append_only();
CREATE TRIGGER merkle_tree_append_only BEFORE UPDATE OR DELETE ON ${s}.merkle_tree
  FOR EACH ROW EXECUTE FUNCTION ${s}.merkle_append_only();
CREATE TRIGGER merkle_tile_no_truncate BEFORE TRUNCATE ON ${s}.merkle_tile
  FOR EACH STATEMENT EXECUTE FUNCTION ${s}.merkle_append_only();
CREATE TRIGGER merkle_tree_no_truncate BEFORE TRUNCATE ON ${s}.merkle_tree
  FOR EACH STATEMENT EXECUTE FUNCTION ${s}.merkle_append_only();
`;
}

/** The reverse, for a migration that is taken back. */
export function dropMerkleTablesSql(schema: string): string {
  const s = identifier(schema);
  return `DROP TABLE ${s}.merkle_tile, ${s}.merkle_tree; DROP FUNCTION ${s}.merkle_append_only();`;
}

/** Each method is one statement, so it is atomic on a pool as well as inside a transaction. */
export class PostgresTileStore implements TileStore {
  readonly #database: Queryable;
  readonly #log: string;
  readonly #schema: string;

  constructor(database: Queryable, { log, schema }: PostgresTileStoreOptions) {
    this.#database = database;
    this.#log = log;
    this.#schema = identifier(schema);
  }

  async head(): Promise<TreeHead> {
    const sql = `SELECT size, root FROM ${this.#schema}.merkle_tree WHERE log = $1`;
    const { rows } = await this.#database.query(sql, [this.#log]);
    const row = rows[0] as { size: string | number; root: Uint8Array } | undefined;
    if (row === undefined) return { size: 0, root: EMPTY_ROOT };
    return { size: Number(row.size), root: Uint8Array.from(row.root) };
  }

  async read(keys: readonly TileKey[]): Promise<(Uint8Array | undefined)[]> {
    if (keys.length === 0) return [];
    const sql = `
      SELECT wanted.position, tile.hashes
        FROM unnest($2::smallint[], $3::bigint[]) WITH ORDINALITY AS wanted (level, index, position)
        JOIN ${this.#schema}.merkle_tile AS tile
          ON tile.log = $1 AND tile.level = wanted.level AND tile.index = wanted.index`;
    const params = [this.#log, keys.map(({ level }) => level), keys.map(({ index }) => index)];
    const { rows } = await this.#database.query(sql, params);
    const found: (Uint8Array | undefined)[] = keys.map(() => undefined);
    for (const row of rows as { position: string | number; hashes: Uint8Array }[]) {
      found[Number(row.position) - 1] = Uint8Array.from(row.hashes);
    }
    return found;
  }

  /**
   * Writers on one log queue up at the row of the tree; the later one then sees another size, writes nothing
   * and is told so.
   */
  async append(from: number, to: TreeHead, tiles: readonly Tile[]): Promise<boolean> {
    const sql = `
      WITH moved AS (
        INSERT INTO ${this.#schema}.merkle_tree AS tree (log, size, root) VALUES ($1, $3, $4)
        ON CONFLICT (log) DO UPDATE SET size = excluded.size, root = excluded.root WHERE tree.size = $2
        RETURNING 1
      ), written AS (
        INSERT INTO ${this.#schema}.merkle_tile (log, level, index, hashes)
        SELECT $1, tile.level, tile.index, tile.hashes
          FROM moved, unnest($5::smallint[], $6::bigint[], $7::bytea[]) AS tile (level, index, hashes)
        ON CONFLICT (log, level, index) DO UPDATE SET hashes = excluded.hashes
        RETURNING 1
      )
      SELECT (SELECT count(*) FROM moved) AS moved, (SELECT count(*) FROM written) AS written`;
    const { rows } = await this.#database.query(sql, [
      this.#log,
      from,
      to.size,
      Buffer.from(to.root),
      tiles.map(({ level }) => level),
      tiles.map(({ index }) => index),
      tiles.map(({ hashes }) => Buffer.from(hashes.buffer, hashes.byteOffset, hashes.length)),
    ]);
    const row = rows[0] as { moved: string | number; written: string | number } | undefined;
    if (Number(row?.moved) === 0) return false;
    if (Number(row?.written) !== tiles.length) throw new MerkleError('store-corrupted', { size: to.size });
    return true;
  }
}
