import { END_CODES } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import { growableU32 } from '../columns/growable.ts';
import type { Impact } from '../model/answers.ts';
import type { ChainEnd, Verdict } from '../model/service.ts';
import { binomialTail } from '../util/binomial.ts';
import type { NodeRequests } from './backtrace-levels.ts';
import { endOf, RECORD_WORDS, recordsOf } from './request-records.ts';

/** A difference from the baseline that chance makes more seldom than this counts as real. */
const SIGNIFICANCE = 0.05;
/** From this share of passed-on failures on it is no longer said that they were partly handled. */
const MOSTLY_PASSED_ON = 0.5;

const SEEN = 1;
const HIT = 2;
const CALLER_MISSING = 1 + END_CODES.indexOf('callerMissing');

type EndCounts = Record<ChainEnd, { requests: number; hit: number; hitFailed: number }>;

/** Gathers the distinct requests at the ends of chains and what became of the failures there. */
export class ChainEndTally {
  readonly #table: RequestTable;
  readonly #words: Int32Array;
  /** Bits SEEN and HIT by row. */
  readonly #marks: Uint8Array;
  readonly #rows = growableU32();

  constructor(table: RequestTable) {
    this.#table = table;
    this.#words = recordsOf(table).words;
    this.#marks = new Uint8Array(table.count);
  }

  /** The requests of a node; those with callers are passed over. */
  add({ rows, failedCalls }: NodeRequests): void {
    const marks = this.#marks;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (this.#end(row) === 0) continue;
      if (marks[row] === 0) this.#rows.push(row);
      marks[row] |= failedCalls[i] > 0 ? SEEN | HIT : SEEN;
    }
  }

  impact(): Impact {
    const rows = this.#rows.seal();
    const { ends, notHit, notHitFailed } = this.#count(rows);
    const { userAction, entryPoint } = ends;
    const hit = userAction.hit + entryPoint.hit;
    const hitFailed = userAction.hitFailed + entryPoint.hitFailed;
    return {
      ends,
      notHit,
      notHitFailed,
      verdict: verdictOf({ hit, hitFailed, notHit, notHitFailed }, ends),
      users: this.#distinct(rows, this.#table.user),
      sessions: this.#distinct(rows, this.#table.session),
    };
  }

  /** 0 has a caller; else 1 + index in END_CODES. */
  #end(row: number): number {
    return endOf(this.#words[row * RECORD_WORDS + 1]);
  }

  #count(rows: Uint32Array): { ends: EndCounts; notHit: number; notHitFailed: number } {
    const { failed } = this.#table;
    const counts = [0, ...END_CODES].map(() => ({ requests: 0, failed: 0, hit: 0, hitFailed: 0 }));
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const of = counts[this.#end(row)];
      of.requests++;
      of.failed += failed[row];
      if ((this.#marks[row] & HIT) === 0) continue;
      of.hit++;
      of.hitFailed += failed[row];
    }
    const of = (end: ChainEnd) => counts[1 + END_CODES.indexOf(end)];
    const endOfChains = (end: ChainEnd) => {
      const { requests, hit, hitFailed } = of(end);
      return { requests, hit, hitFailed };
    };
    const [user, entry] = [of('userAction'), of('entryPoint')];
    return {
      ends: {
        userAction: endOfChains('userAction'),
        entryPoint: endOfChains('entryPoint'),
        callerMissing: endOfChains('callerMissing'),
      },
      notHit: user.requests - user.hit + entry.requests - entry.hit,
      notHitFailed: user.failed - user.hitFailed + entry.failed - entry.hitFailed,
    };
  }

  /** Distinct ids among hit ends that are user actions or entry points; null where none bears an id. */
  #distinct(rows: Uint32Array, ids: Uint32Array): Impact['users'] {
    const { failed, count } = this.#table;
    /** By id; there are no more of them than requests. */
    const marks = new Uint8Array(count + 1);
    let isNamed = false;
    let hit = 0;
    let hitFailed = 0;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      const id = ids[row];
      if (id === 0 || this.#end(row) === CALLER_MISSING) continue;
      isNamed = true;
      if ((this.#marks[row] & HIT) === 0) continue;
      const news = (failed[row] ? SEEN | HIT : SEEN) & ~marks[id];
      hit += news & SEEN;
      hitFailed += news >> 1;
      marks[id] |= news;
    }
    return isNamed ? { hit, hitFailed } : null;
  }
}

interface FailureTable {
  readonly hit: number;
  readonly hitFailed: number;
  readonly notHit: number;
  readonly notHitFailed: number;
}

/** The verdict in words (SEMANTICS §6, Impact; ARCHITECTURE.md says what "beyond chance" means). */
function verdictOf(counts: FailureTable, ends: EndCounts): Verdict {
  const { hit, hitFailed } = counts;
  if (hit === 0) return ends.callerMissing.hit > 0 ? 'unknown' : 'no failures';
  if (hitFailed === 0 || !isAboveBaseline(counts)) {
    // What failed up to a missing caller may have gone on to the user.
    return ends.callerMissing.hitFailed > 0 ? 'unknown' : 'handled';
  }
  if (hitFailed / hit < MOSTLY_PASSED_ON) return 'partly handled';
  return ends.userAction.hitFailed > 0 ? 'reached users' : 'reached entry points';
}

/**
 * Would the requests that were hit have failed as often anyway? The baseline is the failure rate of those
 * that were not hit, 0 where there are none: a binomial test of the hit ones against it.
 */
export function isAboveBaseline({ hit, hitFailed, notHit, notHitFailed }: FailureTable): boolean {
  const baseline = notHit === 0 ? 0 : notHitFailed / notHit;
  return binomialTail(hit, hitFailed, baseline) < SIGNIFICANCE;
}
