import { decodeText, findText } from '../columns/text-pool.ts';
import { type AttributeColumns, FLAG_PARTIAL, type Segment } from '../columns/segment.ts';
import { growableU32, growableU8 } from '../columns/growable.ts';
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import { exceptionNumbers } from './exception-texts.ts';
import type { ExceptionColumns, SegmentFacts } from './fact-columns.ts';
import type { FactSets } from './fact-sets.ts';
import type { ResourceTable } from './resource-table.ts';
import { NO_OFFSET, offsetsOf, shapeFacts } from './shape-facts.ts';
import type { DatasetTexts } from './dataset-texts.ts';

/** Extracts what assembly needs; id and time columns are shared with the segment, not copied. */
export function factsOfSegment(
  segment: Segment,
  texts: DatasetTexts,
  resources: ResourceTable,
): SegmentFacts {
  const { sets } = resources;
  const translate = texts.translator(segment);
  const factSets = factSetsOf(segment.attributes, segment, translate, sets);
  const emitters = withOwnNames(factSetsOf(segment.resources, segment, translate, sets), {
    segment,
    factSets,
    resources,
  });
  const resourceRows = resources.rowsOf(emitters.sets, usedBySpans(segment, emitters));
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
    resources: emitters.ofSpans.map((emitter) => resourceRows[emitter]),
    factSets,
    events: eventsOf(segment),
    exceptions: exceptionFacts(segment, translate, exceptionNumbers(texts)),
    linkSpans: segment.linkSpans,
    linkIds: segment.linkIds,
  };
}

/** Who emitted the spans of a segment: its resources, and those with a name that a span itself gives. */
interface Emitters {
  /** Numbers in the dataset's FactSets. */
  readonly sets: Uint32Array;
  /** By span: its place in `sets`. */
  readonly ofSpans: Uint32Array<ArrayBuffer>;
}

/** Where a resource names no service, one that the span names itself counts. */
function withOwnNames(
  resourceSets: Uint32Array,
  about: { readonly segment: Segment; readonly factSets: Uint32Array; readonly resources: ResourceTable },
): Emitters {
  const { segment, factSets, resources } = about;
  const isNameless = resourceSets.map((set) => (resources.namesService(set) ? 0 : 1));
  if (!isNameless.includes(1)) return { sets: resourceSets, ofSpans: segment.spanResources };
  const sets = [...resourceSets];
  const places = new Map<number, number>();
  const ofSpans = segment.spanResources.map((resource, span) => {
    if (isNameless[resource] === 0 || !resources.namesService(factSets[span])) return resource;
    const set = resources.named(resourceSets[resource], factSets[span]);
    const place = places.get(set) ?? sets.push(set) - 1;
    places.set(set, place);
    return place;
  });
  return { sets: Uint32Array.from(sets), ofSpans };
}

/** 1: emitters of spans. What only adds to a span was perhaps noticed elsewhere. */
function usedBySpans({ flags }: Segment, { sets, ofSpans }: Emitters): Uint8Array {
  const isUsed = new Uint8Array(sets.length);
  for (let row = 0; row < flags.length; row++) {
    if (!(flags[row] & FLAG_PARTIAL)) isUsed[ofSpans[row]] = 1;
  }
  return isUsed;
}

type Translate = (id: number) => number;

/** Numbers in `sets`, by row. */
function factSetsOf(
  { shapes, starts, values, ...sealed }: AttributeColumns,
  segment: Segment,
  translate: Translate,
  sets: FactSets,
): Uint32Array<ArrayBuffer> {
  const { entryStarts, offsets, codes, marks } = shapeFacts(sealed, segment.texts);
  const numbers = new Uint32Array(shapes.length);
  for (let row = 0; row < shapes.length; row++) {
    const shape = shapes[row];
    for (let i = entryStarts[shape]; i < entryStarts[shape + 1]; i++) {
      sets.add(codes[i], translate(values[starts[row] + offsets[i]]));
    }
    numbers[row] = sets.close(marks[shape]);
  }
  return numbers;
}

function eventsOf({ eventStarts, spanCount }: Segment): Uint8Array<ArrayBuffer> {
  const events = new Uint8Array(spanCount);
  for (let row = 0; row < spanCount; row++) events[row] = eventStarts[row + 1] > eventStarts[row] ? 1 : 0;
  return events;
}

function exceptionFacts(
  segment: Segment,
  translate: Translate,
  numberOf: (type: number, message: number) => number,
): ExceptionColumns {
  const rows = growableU32(16);
  const texts = growableU32(16);
  const escaped = growableU8(16);
  const isException = textTest(segment, (text) => text === EXCEPTION_EVENT);
  const isTrue = textTest(segment, (text) => text.toLowerCase() === 'true');
  const typeOf = valuesUnder('exception.type', segment);
  const messageOf = valuesUnder('exception.message', segment);
  const escapedOf = valuesUnder('exception.escaped', segment);
  for (let row = 0; row < segment.spanCount; row++) {
    for (let event = segment.eventStarts[row]; event < segment.eventStarts[row + 1]; event++) {
      if (!isException(segment.eventNames[event])) continue;
      rows.push(row);
      texts.push(numberOf(translate(typeOf(event)), translate(messageOf(event))));
      escaped.push(isTrue(escapedOf(event)) ? 1 : 0);
    }
  }
  return { rows: rows.seal(), texts: texts.seal(), escaped: escaped.seal() };
}

/** The segment's text number of an event's first attribute of this key; 0: none. */
function valuesUnder(key: string, { eventAttributes, texts }: Segment): (event: number) => number {
  const { shapes, starts, values } = eventAttributes;
  const offsets = offsetsOf(findText(texts, key), eventAttributes);
  return (event) => {
    const offset = offsets[shapes[event]];
    return offset === NO_OFFSET ? 0 : values[starts[event] + offset];
  };
}

/** A test on a segment's texts that decodes each text once. */
function textTest(segment: Segment, test: (text: string) => boolean): (id: number) => boolean {
  const answers = new Int8Array(segment.texts.ends.length);
  return (id) => {
    if (answers[id] === 0) answers[id] = test(decodeText(segment.texts, id)) ? 1 : -1;
    return answers[id] > 0;
  };
}
