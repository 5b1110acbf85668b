/** Segments that older versions of this program stored, in the layout of today. */
import { AttributeBuilder } from './attribute-builder.ts';
import { COLUMNS_VERSION, type AttributeColumns, type Segment } from './segment.ts';

/** Until version 1 every attribute had its key and its type beside it. */
export interface ListedAttributes {
  readonly starts: Uint32Array<ArrayBuffer>;
  readonly keys: Uint32Array<ArrayBuffer>;
  readonly types: Uint8Array<ArrayBuffer>;
  readonly values: Uint32Array<ArrayBuffer>;
}

/** Until version 2 every span had its own trace id, and all numbers took 4 bytes. */
export type SegmentOfVersion2 = Omit<Segment, 'traces'>;

export type SegmentOfVersion1 = Omit<SegmentOfVersion2, 'attributes' | 'eventAttributes' | 'resources'> & {
  readonly attributes: ListedAttributes;
  readonly eventAttributes: ListedAttributes;
  readonly resources: ListedAttributes;
};

/** `stored`: of this version or an older one. */
export function currentSegment(stored: Segment | SegmentOfVersion2 | SegmentOfVersion1): Segment {
  if ('traces' in stored) return stored;
  const traces = Uint32Array.from({ length: stored.spanCount }, (_, row) => row);
  const { attributes, eventAttributes, resources } = isOfVersion1(stored) ? shapedLists(stored) : stored;
  return { ...stored, columnsVersion: COLUMNS_VERSION, traces, attributes, eventAttributes, resources };
}

function isOfVersion1(segment: SegmentOfVersion2 | SegmentOfVersion1): segment is SegmentOfVersion1 {
  return segment.columnsVersion === 1;
}

function shapedLists({ attributes, eventAttributes, resources }: SegmentOfVersion1) {
  return {
    attributes: shaped(attributes),
    eventAttributes: shaped(eventAttributes),
    resources: shaped(resources),
  };
}

function shaped({ starts, keys, types, values }: ListedAttributes): AttributeColumns {
  const builder = new AttributeBuilder();
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) builder.add(keys[i], types[i], values[i]);
    builder.endRow();
  }
  return builder.seal();
}
