import type { AttributeColumns, Segment } from './segment.ts';

/** A segment of some rows of another one, with which it shares texts, resources, scopes and shapes. `rows` ascend. */
export function segmentOfRows(segment: Segment, rows: Uint32Array): Segment {
  const events = entriesOf(segment.eventStarts, rows);
  const newRows = new Map(Array.from(rows, (row, at): [number, number] => [row, at]));
  const links = Uint32Array.from(segment.linkSpans.keys()).filter((link) =>
    newRows.has(segment.linkSpans[link]),
  );
  return {
    ...segment,
    spanCount: rows.length,
    traceIds: wordsOf(segment.traceIds, rows, 4),
    spanIds: wordsOf(segment.spanIds, rows, 2),
    parentIds: wordsOf(segment.parentIds, rows, 2),
    starts: wordsOf(segment.starts, rows, 2),
    durations: Float64Array.from(rows, (row) => segment.durations[row]),
    flags: Uint8Array.from(rows, (row) => segment.flags[row]),
    names: wordsOf(segment.names, rows, 1),
    statusMessages: wordsOf(segment.statusMessages, rows, 1),
    spanResources: wordsOf(segment.spanResources, rows, 1),
    spanScopes: wordsOf(segment.spanScopes, rows, 1),
    attributes: attributesOf(segment.attributes, rows),
    eventStarts: startsOf(segment.eventStarts, rows),
    eventNames: wordsOf(segment.eventNames, events, 1),
    eventTimes: wordsOf(segment.eventTimes, events, 2),
    eventAttributes: attributesOf(segment.eventAttributes, events),
    linkSpans: links.map((link) => newRows.get(segment.linkSpans[link]) ?? 0),
    linkIds: wordsOf(segment.linkIds, links, 6),
  };
}

function wordsOf(words: Uint32Array, rows: Uint32Array, perRow: number): Uint32Array<ArrayBuffer> {
  const picked = new Uint32Array(rows.length * perRow);
  for (let i = 0; i < picked.length; i++) {
    const at = Math.floor(i / perRow);
    picked[i] = words[rows[at] * perRow + (i - at * perRow)];
  }
  return picked;
}

/** Entries of the rows, in compressed-row form. */
function entriesOf(starts: Uint32Array, rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const newStarts = startsOf(starts, rows);
  const entries = new Uint32Array(newStarts[rows.length]);
  rows.forEach((row, at) => {
    for (let i = starts[row]; i < starts[row + 1]; i++) entries[newStarts[at] + i - starts[row]] = i;
  });
  return entries;
}

function startsOf(starts: Uint32Array, rows: Uint32Array): Uint32Array<ArrayBuffer> {
  const newStarts = new Uint32Array(rows.length + 1);
  rows.forEach((row, at) => {
    newStarts[at + 1] = newStarts[at] + starts[row + 1] - starts[row];
  });
  return newStarts;
}

function attributesOf(columns: AttributeColumns, rows: Uint32Array): AttributeColumns {
  return {
    ...columns,
    shapes: wordsOf(columns.shapes, rows, 1),
    starts: startsOf(columns.starts, rows),
    values: wordsOf(columns.values, entriesOf(columns.starts, rows), 1),
  };
}
