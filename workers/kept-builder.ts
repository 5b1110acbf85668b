/**
 * A builder of segments that parts are read with one after another: memory that is used for the first time costs
 * about a tenth of the reading.
 */
import { SegmentBuilder } from '../src/columns/segment-builder.ts';
import type { Segment } from '../src/columns/segment.ts';

/** Its room is given up when no part has come for so long. */
const KEPT_MS = 10_000;

export class KeptBuilder {
  #lent: LentBuilder | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** `work` leaves the builder finished; one that it failed with is not used again. */
  async lend<T>(
    onSegment: (segment: Segment) => void,
    work: (builder: SegmentBuilder) => Promise<T>,
  ): Promise<T> {
    clearTimeout(this.#timer);
    const lent = this.#lent ?? new LentBuilder();
    this.#lent = null;
    lent.onSegment = onSegment;
    const result = await work(lent.builder);
    lent.onSegment = ignore;
    this.#lent = lent;
    this.#timer = setTimeout(() => (this.#lent = null), KEPT_MS);
    return result;
  }
}

class LentBuilder {
  onSegment: (segment: Segment) => void = ignore;
  readonly builder = new SegmentBuilder((segment) => this.onSegment(segment));
}

function ignore(): void {
  // Nobody reads.
}
