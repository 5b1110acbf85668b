/**
 * Real trace files that other people's systems made, beside the repository when its makers run the
 * tests; a clone elsewhere has none, and the tests on them are skipped, visibly.
 */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Ends with a slash. */
export const SHARED_DATA =
  process.env.HEADWATER_DATA ?? fileURLToPath(new URL('../../../shared/data/', import.meta.url));

export const hasSharedData = existsSync(SHARED_DATA);
