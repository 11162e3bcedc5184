/**
 * What this node remembers of masters, so that a hot operation need not read them for every batch. The database keeps a version of all
 * masters together (migration 0099): whoever works with remembered rows reads it inside its own transaction, and starts from the rows
 * themselves when it has moved. Nothing depends on messages that may be lost, and every node sees a change with the first batch after it.
 */
import { sql, type Tx } from '../db/database.ts';

/** Everything remembered at one version. Rows on it are at least as new as that version. */
export type Shelf = { readonly version: bigint };

export type Masters = {
  /** The newest shelf that this node has. */
  shelf(): Shelf;
  /** The shelf of a version that a transaction has just read. */
  at(version: bigint): Shelf;
};

export function rememberedMasters(): Masters {
  let newest: Shelf = { version: -1n };
  return {
    shelf: () => newest,
    at(version) {
      if (version === newest.version) return newest;
      const shelf = { version };
      if (version > newest.version) newest = shelf;
      return shelf;
    },
  };
}

export type Remembered<V> = {
  get(shelf: Shelf, key: string): V | undefined;
  put(shelf: Shelf, key: string, value: V): void;
};

/** A kind of row to remember, at most so many: beyond that it begins anew. */
export function remembered<V>(atMost: number): Remembered<V> {
  const shelves = new WeakMap<Shelf, Map<string, V>>();
  return {
    get: (shelf, key) => shelves.get(shelf)?.get(key),
    put(shelf, key, value) {
      const rows = shelves.get(shelf);
      if (rows === undefined) shelves.set(shelf, new Map([[key, value]]));
      else {
        if (rows.size >= atMost) rows.clear();
        rows.set(key, value);
      }
    },
  };
}

/**
 * Loads with what is remembered, and once more from the rows if the masters have changed since. The version is the first thing that is read:
 * whatever the load reads after it is not older.
 */
export async function loadWithMasters<T>(tx: Tx, masters: Masters, load: (shelf: Shelf) => Promise<T>): Promise<T> {
  const shelf = masters.shelf();
  const [rows, loaded] = await Promise.all([
    tx.query<{ version: bigint }>(sql`select version from master_version`),
    load(shelf),
  ]);
  const version = rows[0]?.version ?? 0n;
  return version === shelf.version ? loaded : load(masters.at(version));
}
