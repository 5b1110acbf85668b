/** Segments of an import that need not be read again from the disk: what is asked next may go over the spans. */
import { type Segment, segmentBytes } from '../src/columns/segment.ts';
import { KEPT_BYTES, type SegmentPlace } from '../src/columns/span-source.ts';

export class SegmentsAtHand {
  readonly #segments = new Map<string, Segment>();
  readonly #mostBytes: number;
  #bytes = 0;

  /** As much as a SpanSource keeps. */
  constructor(mostBytes = KEPT_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /**
   * Holds nothing once there is no more room: whoever goes over all spans then waits for the disk anyway, and the
   * assembly of so many needs the memory.
   */
  add(place: SegmentPlace, segment: Segment): void {
    this.#bytes += segmentBytes(segment);
    if (this.#bytes <= this.#mostBytes) this.#segments.set(keyOf(place), segment);
    else this.#segments.clear();
  }

  get(place: SegmentPlace): Segment | null {
    return this.#segments.get(keyOf(place)) ?? null;
  }
}

function keyOf({ file, part, seq }: SegmentPlace): string {
  return `${file} ${part} ${seq}`;
}
