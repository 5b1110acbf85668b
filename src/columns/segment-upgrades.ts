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

export type SegmentOfVersion1 = Omit<Segment, 'attributes' | 'eventAttributes' | 'resources'> & {
  readonly attributes: ListedAttributes;
  readonly eventAttributes: ListedAttributes;
  readonly resources: ListedAttributes;
};

/** `stored`: of this version or an older one. */
export function currentSegment(stored: Segment | SegmentOfVersion1): Segment {
  if (!isOfVersion1(stored)) return stored;
  return {
    ...stored,
    columnsVersion: COLUMNS_VERSION,
    attributes: shaped(stored.attributes),
    eventAttributes: shaped(stored.eventAttributes),
    resources: shaped(stored.resources),
  };
}

function isOfVersion1(segment: Segment | SegmentOfVersion1): segment is SegmentOfVersion1 {
  return segment.columnsVersion === 1;
}

function shaped({ starts, keys, types, values }: ListedAttributes): AttributeColumns {
  const builder = new AttributeBuilder();
  for (let row = 0; row + 1 < starts.length; row++) {
    for (let i = starts[row]; i < starts[row + 1]; i++) builder.add(keys[i], types[i], values[i]);
    builder.endRow();
  }
  return builder.seal();
}
