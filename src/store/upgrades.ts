/**
 * The steps of the on-disk schema, one per version, oldest first. A published step is never edited:
 * a change is a new step, with a sentence.
 */
import type { Transaction } from 'dexie';

export interface SchemaStep {
  readonly version: number;
  /** Table → primary key and indices, in Dexie's notation; null drops a table. */
  readonly tables: Readonly<Record<string, string | null>>;
  readonly upgrade?: (transaction: Transaction) => Promise<void>;
}

export const SCHEMA_STEPS: readonly SchemaStep[] = [
  {
    // Datasets, the columns of their spans in segments, and the assembled requests in pieces.
    version: 1,
    tables: { datasets: '++id', segments: '[batch+n]', requests: '[batch+n]', settings: 'key' },
  },
  {
    // A single segment is found by its place, to look at a few spans.
    version: 2,
    tables: { segments: '[batch+n], [batch+place.file+place.part+place.seq]' },
  },
  {
    // Columns lie in Blobs: older code, which looks for them in the rows, must not open the database.
    version: 3,
    tables: {},
  },
];
