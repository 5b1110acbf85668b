import { decodeText, findText } from '../columns/text-pool.ts';
import type { Segment } from '../columns/segment.ts';
import { growableU32, growableU8 } from '../columns/growable.ts';
import { EXCEPTION_EVENT } from '../model/attribute-keys.ts';
import { mapNumbers } from '../util/narrow-numbers.ts';
import { emittersOf } from './emitters.ts';
import { exceptionNumbers } from './exception-texts.ts';
import type { ExceptionColumns, SegmentFacts } from './fact-columns.ts';
import { factSetsOf } from './row-facts.ts';
import type { ResourceTable } from './resource-table.ts';
import { NO_OFFSET, offsetsOf } from './shape-facts.ts';
import type { DatasetTexts } from './dataset-texts.ts';

/** Extracts what assembly needs; id and time columns are shared with the segment, not copied. */
export function factsOfSegment(
  segment: Segment,
  texts: DatasetTexts,
  resources: ResourceTable,
): SegmentFacts {
  const { sets } = resources;
  const { flags, spanResources } = segment;
  const translate = texts.translator(segment.texts);
  const factSets = factSetsOf(segment.attributes, segment.texts, translate, sets);
  const resourceSets = factSetsOf(segment.resources, segment.texts, translate, sets);
  return {
    spanCount: segment.spanCount,
    traces: segment.traces,
    traceIds: segment.traceIds,
    spanIds: segment.spanIds,
    parentIds: segment.parentIds,
    starts: segment.starts,
    durations: segment.durations,
    flags,
    names: mapNumbers(segment.names, translate),
    statusMessages: mapNumbers(segment.statusMessages, translate),
    resources: emittersOf({ flags, spanResources, factSets: () => factSets }, resourceSets, resources),
    factSets,
    events: eventsOf(segment),
    exceptions: exceptionFacts(segment, translate, exceptionNumbers(texts)),
    linkSpans: segment.linkSpans,
    linkIds: segment.linkIds,
  };
}

function eventsOf({ eventStarts, spanCount }: Segment): Uint8Array<ArrayBuffer> {
  const events = new Uint8Array(spanCount);
  for (let row = 0; row < spanCount; row++) events[row] = eventStarts[row + 1] > eventStarts[row] ? 1 : 0;
  return events;
}

function exceptionFacts(
  segment: Segment,
  translate: (text: number) => number,
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
