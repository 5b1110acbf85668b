/** Opening the database, and what can go wrong with it. */
import type { Dexie, DexieOptions } from 'dexie';
import { DATABASE_NAME, HeadwaterDatabase } from './schema.ts';
import { StoreError } from './store-error.ts';
import { SCHEMA_STEPS } from './upgrades.ts';

export interface DatabaseOptions {
  readonly name?: string;
  /** The indexedDB to use; for tests. */
  readonly dexie?: DexieOptions;
}

/** Throws StoreError 'unavailable' (no storage, blocked by another tab) or 'newer-version'. */
export async function openDatabase<Segment>(
  options: DatabaseOptions = {},
): Promise<HeadwaterDatabase<Segment>> {
  const database = new HeadwaterDatabase<Segment>(options.name ?? DATABASE_NAME, options.dexie);
  const blocked = new Promise<never>((_, reject) => {
    database.on('blocked', () =>
      reject(
        new StoreError(
          'unavailable',
          'Another tab holds an older version of the storage open: close it and reload.',
        ),
      ),
    );
  });
  try {
    await Promise.race([database.open(), blocked]);
  } catch (cause) {
    database.close();
    if (cause instanceof StoreError) throw cause;
    throw new StoreError('unavailable', `This browser gives the page no storage (${describe(cause)}).`);
  }
  ensureNotNewer(database);
  return database;
}

/** Dexie opens a database that is newer than the code without complaint (since 4.0.1-beta.8). */
function ensureNotNewer(database: Dexie): void {
  const known = SCHEMA_STEPS[SCHEMA_STEPS.length - 1].version;
  // Dexie multiplies its version numbers by ten.
  const found = database.backendDB().version / 10;
  if (found <= known) return;
  database.close();
  throw new StoreError(
    'newer-version',
    'The storage was written by a newer version of Headwater: reload the page to get that version.',
  );
}

function describe(cause: unknown): string {
  return cause instanceof Error ? cause.message : String(cause);
}
