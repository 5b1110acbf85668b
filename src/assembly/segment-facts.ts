import { decodeText } from '../columns/text-pool.ts';
import { type AttributeColumns, FLAG_PARTIAL, type Segment } from '../columns/segment.ts';
import { growableU32, growableU8 } from '../columns/growable.ts';
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import { codeOfKey, marksOfKey } from './key-codes.ts';
import type { ExceptionColumns, SegmentFacts } from './fact-columns.ts';
import type { FactSets } from './fact-sets.ts';
import type { ResourceTable } from './resource-table.ts';
import type { DatasetTexts } from './dataset-texts.ts';

/** Extracts what assembly needs; id and time columns are shared with the segment, not copied. */
export function factsOfSegment(
  segment: Segment,
  texts: DatasetTexts,
  resources: ResourceTable,
): SegmentFacts {
  const { sets } = resources;
  const translate = texts.translator(segment);
  const keys = keyReader(segment);
  const resourceSets = factSetsOf(segment.resources, keys, translate, sets);
  const resourceRows = resources.rowsOf(resourceSets, resourcesOfSpans(segment));
  return {
    spanCount: segment.spanCount,
    traceIds: segment.traceIds,
    spanIds: segment.spanIds,
    parentIds: segment.parentIds,
    starts: segment.starts,
    durations: segment.durations,
    flags: segment.flags,
    names: segment.names.map(translate),
    statusMessages: segment.statusMessages.map(translate),
    resources: segment.spanResources.map((row) => resourceRows[row]),
    factSets: factSetsOf(segment.attributes, keys, translate, sets),
    events: eventsOf(segment),
    exceptions: exceptionFacts(segment, translate),
    linkSpans: segment.linkSpans,
    linkIds: segment.linkIds,
  };
}

/** 1: resources that spans are of. What only adds to a span was perhaps noticed elsewhere. */
function resourcesOfSpans({ spanResources, flags, resources }: Segment): Uint8Array {
  const isUsed = new Uint8Array(resources.starts.length - 1);
  for (let row = 0; row < flags.length; row++) {
    if (!(flags[row] & FLAG_PARTIAL)) isUsed[spanResources[row]] = 1;
  }
  return isUsed;
}

type Translate = (id: number) => number;

/** Numbers in `sets`, by row. */
function factSetsOf(
  columns: AttributeColumns,
  keys: KeyReader,
  translate: Translate,
  sets: FactSets,
): Uint32Array<ArrayBuffer> {
  const numbers = new Uint32Array(columns.starts.length - 1);
  for (let row = 0; row < numbers.length; row++) {
    let marks = 0;
    for (let i = columns.starts[row]; i < columns.starts[row + 1]; i++) {
      const code = keys.code(columns.keys[i]);
      if (code > 0) sets.add(code, translate(columns.values[i]));
      marks |= keys.marks(columns.keys[i]);
    }
    numbers[row] = sets.close(marks);
  }
  return numbers;
}

function eventsOf({ eventStarts, spanCount }: Segment): Uint8Array<ArrayBuffer> {
  const events = new Uint8Array(spanCount);
  for (let row = 0; row < spanCount; row++) events[row] = eventStarts[row + 1] > eventStarts[row] ? 1 : 0;
  return events;
}

interface KeyReader {
  readonly code: Translate;
  readonly marks: Translate;
}

/** Code and marks of a segment's key texts, worked out once per key. */
function keyReader(segment: Segment): KeyReader {
  const count = segment.texts.ends.length;
  const known = new Uint8Array(count);
  const codes = new Uint8Array(count);
  const marks = new Uint8Array(count);
  const learn = (id: number): void => {
    if (known[id]) return;
    const key = decodeText(segment.texts, id);
    codes[id] = codeOfKey(key);
    marks[id] = marksOfKey(key);
    known[id] = 1;
  };
  return {
    code: (id) => (learn(id), codes[id]),
    marks: (id) => marks[id],
  };
}

function exceptionFacts(segment: Segment, translate: Translate): ExceptionColumns {
  const rows = growableU32(16);
  const types = growableU32(16);
  const messages = growableU32(16);
  const escaped = growableU8(16);
  const isException = textTest(segment, (text) => text === EXCEPTION_EVENT);
  const isTrue = textTest(segment, (text) => text.toLowerCase() === 'true');
  const { eventAttributes: attributes } = segment;
  const keys = {
    type: textTest(segment, (text) => text === 'exception.type'),
    message: textTest(segment, (text) => text === 'exception.message'),
    escaped: textTest(segment, (text) => text === 'exception.escaped'),
  };
  /** First attribute of the event whose key passes; 0: none. */
  const first = (event: number, test: (id: number) => boolean): number => {
    for (let i = attributes.starts[event]; i < attributes.starts[event + 1]; i++) {
      if (test(attributes.keys[i])) return attributes.values[i];
    }
    return 0;
  };
  for (let row = 0; row < segment.spanCount; row++) {
    for (let event = segment.eventStarts[row]; event < segment.eventStarts[row + 1]; event++) {
      if (!isException(segment.eventNames[event])) continue;
      rows.push(row);
      types.push(translate(first(event, keys.type)));
      messages.push(translate(first(event, keys.message)));
      escaped.push(isTrue(first(event, keys.escaped)) ? 1 : 0);
    }
  }
  return { rows: rows.seal(), types: types.seal(), messages: messages.seal(), escaped: escaped.seal() };
}

/** A test on a segment's texts that decodes each text once. */
function textTest(segment: Segment, test: (text: string) => boolean): (id: number) => boolean {
  const answers = new Int8Array(segment.texts.ends.length);
  return (id) => {
    if (answers[id] === 0) answers[id] = test(decodeText(segment.texts, id)) ? 1 : -1;
    return answers[id] > 0;
  };
}
