import { END_CODES } from '../assembly/request-table.ts';
import type { RequestTable } from '../assembly/request-table.ts';
import type { Impact } from '../model/answers.ts';
import type { ChainEnd, Verdict } from '../model/service.ts';
import { binomialTail } from '../util/binomial.ts';
import type { NodeRequests } from './backtrace-levels.ts';

/** A difference from the baseline that chance makes more seldom than this counts as real. */
const SIGNIFICANCE = 0.05;
/** From this share of passed-on failures on it is no longer said that they were partly handled. */
const MOSTLY_PASSED_ON = 0.5;

const SEEN = 1;
const HIT = 2;

type EndCounts = Record<ChainEnd, { requests: number; hit: number; hitFailed: number }>;

/** Gathers the distinct requests at the ends of chains and what became of the failures there. */
export class ChainEndTally {
  readonly #table: RequestTable;
  /** Bits SEEN and HIT by row. */
  readonly #marks: Uint8Array;
  readonly #rows: number[] = [];

  constructor(table: RequestTable) {
    this.#table = table;
    this.#marks = new Uint8Array(table.count);
  }

  /** The requests of a node; those with callers are passed over. */
  add(node: NodeRequests): void {
    const { ends } = this.#table;
    for (let i = 0; i < node.rows.length; i++) {
      const row = node.rows[i];
      if (ends[row] === 0) continue;
      if (this.#marks[row] === 0) this.#rows.push(row);
      this.#marks[row] |= node.failedCalls[i] > 0 ? SEEN | HIT : SEEN;
    }
  }

  impact(): Impact {
    const counts = this.#count();
    const { userAction, entryPoint } = counts.ends;
    const table2x2 = {
      hit: userAction.hit + entryPoint.hit,
      hitFailed: userAction.hitFailed + entryPoint.hitFailed,
      notHit: counts.notHit,
      notHitFailed: counts.notHitFailed,
    };
    return {
      ...counts,
      verdict: verdictOf(table2x2, counts.ends),
      users: this.#distinct(this.#table.user),
      sessions: this.#distinct(this.#table.session),
    };
  }

  #isHit(row: number): boolean {
    return (this.#marks[row] & HIT) !== 0;
  }

  #kind(row: number): ChainEnd {
    return END_CODES[this.#table.ends[row] - 1];
  }

  #count(): { ends: EndCounts; notHit: number; notHitFailed: number } {
    const none = () => ({ requests: 0, hit: 0, hitFailed: 0 });
    const ends: EndCounts = { userAction: none(), entryPoint: none(), callerMissing: none() };
    let notHit = 0;
    let notHitFailed = 0;
    for (const row of this.#rows) {
      const kind = this.#kind(row);
      const failed = this.#table.failed[row];
      ends[kind].requests++;
      if (this.#isHit(row)) {
        ends[kind].hit++;
        ends[kind].hitFailed += failed;
      } else if (kind !== 'callerMissing') {
        notHit++;
        notHitFailed += failed;
      }
    }
    return { ends, notHit, notHitFailed };
  }

  /** Distinct ids among hit ends that are user actions or entry points; null where none bears an id. */
  #distinct(ids: Uint32Array): Impact['users'] {
    const reached = this.#rows.filter((row) => ids[row] !== 0 && this.#kind(row) !== 'callerMissing');
    if (reached.length === 0) return null;
    const hit = reached.filter((row) => this.#isHit(row));
    const hitFailed = hit.filter((row) => this.#table.failed[row]);
    return {
      hit: new Set(hit.map((row) => ids[row])).size,
      hitFailed: new Set(hitFailed.map((row) => ids[row])).size,
    };
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
