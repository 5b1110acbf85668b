import type { Segment } from '../columns/segment.ts';
import type { SealedTexts } from '../columns/text-pool.ts';
import type { WholeNumbers } from '../util/narrow-numbers.ts';
import { perDataset } from './per-dataset.ts';
import { shapeAttributes } from './shaped-attributes.ts';
import type { ShapedAttributes } from './shaped-attributes.ts';
import type { SpanData } from './span-forest.ts';

/** What scans read of a segment, in half of its bytes: all but ids, times, events and links. Rows are those of the segment. */
export interface ScanPart {
  readonly flags: Uint8Array;
  /** Text numbers. */
  readonly names: WholeNumbers;
  readonly statusMessages: WholeNumbers;
  /** Row of `resources`. */
  readonly spanResources: WholeNumbers;
  readonly attributes: ShapedAttributes;
  readonly resources: ShapedAttributes;
  readonly texts: SealedTexts;
}

/**
 * Held of a dataset: about two million spans. What was read first stays: as every scan begins there, holding what
 * was read last would serve none where not all fits.
 */
const MOST_BYTES = 128 * 1024 * 1024;

interface HeldParts {
  readonly parts: Map<number, Promise<ScanPart>>;
  bytes: number;
}

const heldParts = perDataset((): HeldParts => ({ parts: new Map(), bytes: 0 }));

/** Of the segment with this number; rejects as the store does. */
export function scanPart({ table, spans }: SpanData, number: number): Promise<ScanPart> {
  const held = heldParts(table);
  const known = held.parts.get(number);
  if (known) return known;
  const loading = spans.segment(number).then(({ segment }) => partOf(segment));
  held.parts.set(number, loading);
  loading.then(
    (part) => {
      held.bytes += bytesOf(part);
      if (held.bytes <= MOST_BYTES) return;
      held.bytes -= bytesOf(part);
      held.parts.delete(number);
    },
    () => held.parts.delete(number),
  );
  return loading;
}

function partOf(segment: Segment): ScanPart {
  const { flags, names, statusMessages, spanResources, texts } = segment;
  return {
    flags,
    names,
    statusMessages,
    spanResources,
    attributes: shapeAttributes(segment.attributes),
    resources: shapeAttributes(segment.resources),
    texts,
  };
}

function bytesOf(columns: object): number {
  return Object.values(columns).reduce((sum: number, column: unknown) => {
    if (ArrayBuffer.isView(column)) return sum + column.byteLength;
    return typeof column === 'object' && column !== null ? sum + bytesOf(column) : sum;
  }, 0);
}
