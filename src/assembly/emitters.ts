/** Who emitted spans: their resources, or those with a name that a span itself gives. */
import { FLAG_PARTIAL } from '../columns/segment.ts';
import { mapNumbers, type WholeNumbers } from '../util/narrow-numbers.ts';
import type { ResourceTable } from './resource-table.ts';

export interface EmittedSpans {
  readonly flags: Uint8Array;
  /** By span: its place among the resources of the segment. */
  readonly spanResources: WholeNumbers;
  /** By span: number of what its own attributes say; asked for only where a resource names no service. */
  readonly factSets: () => Uint32Array;
}

/** By span: its row in the dataset's ResourceTable. `resourceSets`: what the resources of the segment say. */
export function emittersOf(
  spans: EmittedSpans,
  resourceSets: Uint32Array,
  resources: ResourceTable,
): Uint32Array<ArrayBuffer> {
  const { sets, ofSpans } = withOwnNames(spans, resourceSets, resources);
  const rows = resources.rowsOf(sets, usedBySpans(spans.flags, ofSpans, sets.length));
  return mapNumbers(ofSpans, (emitter) => rows[emitter]);
}

interface Emitters {
  /** Numbers in the dataset's FactSets. */
  readonly sets: Uint32Array;
  /** By span: its place in `sets`. */
  readonly ofSpans: WholeNumbers;
}

/** Where a resource names no service, one that the span names itself counts. */
function withOwnNames(
  { spanResources, factSets }: EmittedSpans,
  resourceSets: Uint32Array,
  resources: ResourceTable,
): Emitters {
  const isNameless = resourceSets.map((set) => (resources.namesService(set) ? 0 : 1));
  if (!isNameless.includes(1)) return { sets: resourceSets, ofSpans: spanResources };
  const ownSets = factSets();
  const sets = [...resourceSets];
  const places = new Map<number, number>();
  const ofSpans = mapNumbers(spanResources, (resource, span) => {
    if (isNameless[resource] === 0 || !resources.namesService(ownSets[span])) return resource;
    const set = resources.named(resourceSets[resource], ownSets[span]);
    const place = places.get(set) ?? sets.push(set) - 1;
    places.set(set, place);
    return place;
  });
  return { sets: Uint32Array.from(sets), ofSpans };
}

/** 1: emitters of spans. What only adds to a span was perhaps noticed elsewhere. */
function usedBySpans(flags: Uint8Array, ofSpans: WholeNumbers, emitters: number): Uint8Array {
  const isUsed = new Uint8Array(emitters);
  for (let row = 0; row < flags.length; row++) {
    if (!(flags[row] & FLAG_PARTIAL)) isUsed[ofSpans[row]] = 1;
  }
  return isUsed;
}
