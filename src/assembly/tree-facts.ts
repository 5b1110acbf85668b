import type { AttributeColumns, Segment } from '../columns/segment.ts';
import type { WholeNumbers } from '../util/narrow-numbers.ts';
import { firstNotBelow } from '../util/sorted.ts';
import type { DatasetTexts } from './dataset-texts.ts';
import { emittersOf } from './emitters.ts';
import type { SegmentFacts } from './fact-columns.ts';
import type { ResourceTable } from './resource-table.ts';
import { factSetsOf } from './row-facts.ts';

const LINK_WORDS = 6;

/**
 * What tells how some spans of a segment hang together and when they ran: ids, times, kinds, services and links.
 * Their names, attributes and events are left out. `rows` ascend.
 */
export function treeFactsOf(
  segment: Segment,
  rows: Uint32Array,
  texts: DatasetTexts,
  resources: ResourceTable,
): SegmentFacts {
  const { sets } = resources;
  const translate = (text: number): number => texts.numberIn(segment.texts, text);
  const flags = Uint8Array.from(rows, (row) => segment.flags[row]);
  const spans = {
    flags,
    spanResources: wordsOf(segment.spanResources, rows, 1),
    factSets: () => factSetsOf(rowsOf(segment.attributes, rows), segment.texts, translate, sets),
  };
  const resourceSets = factSetsOf(segment.resources, segment.texts, translate, sets);
  const { linkSpans, links } = linksOf(segment.linkSpans, rows);
  const nothing = new Uint32Array(rows.length);
  return {
    spanCount: rows.length,
    traces: rows.map((_, place) => place),
    traceIds: wordsOf(segment.traceIds, wordsOf(segment.traces, rows, 1), 4),
    spanIds: wordsOf(segment.spanIds, rows, 2),
    parentIds: wordsOf(segment.parentIds, rows, 2),
    starts: wordsOf(segment.starts, rows, 2),
    durations: Float64Array.from(rows, (row) => segment.durations[row]),
    flags,
    names: nothing,
    statusMessages: nothing,
    resources: emittersOf(spans, resourceSets, resources),
    factSets: nothing,
    events: new Uint8Array(rows.length),
    exceptions: { rows: new Uint32Array(), texts: new Uint32Array(), escaped: new Uint8Array() },
    linkSpans,
    linkIds: wordsOf(segment.linkIds, links, LINK_WORDS),
  };
}

function wordsOf(words: WholeNumbers, rows: Uint32Array, perRow: number): Uint32Array<ArrayBuffer> {
  const picked = new Uint32Array(rows.length * perRow);
  let to = 0;
  for (let i = 0; i < rows.length; i++) {
    const from = rows[i] * perRow;
    for (let word = 0; word < perRow; word++) picked[to++] = words[from + word];
  }
  return picked;
}

/** The rows' shapes, and where their values begin in those of all. */
function rowsOf(columns: AttributeColumns, rows: Uint32Array): AttributeColumns {
  return { ...columns, shapes: wordsOf(columns.shapes, rows, 1), starts: wordsOf(columns.starts, rows, 1) };
}

/** The links of the rows, each with the place of its row. `linkSpans` ascends. */
function linksOf(
  linkSpans: WholeNumbers,
  rows: Uint32Array,
): { linkSpans: Uint32Array<ArrayBuffer>; links: Uint32Array } {
  const links: number[] = [];
  const places: number[] = [];
  for (let place = 0; linkSpans.length > 0 && place < rows.length; place++) {
    for (let link = firstNotBelow(linkSpans, rows[place]); linkSpans[link] === rows[place]; link++) {
      links.push(link);
      places.push(place);
    }
  }
  return { linkSpans: Uint32Array.from(places), links: Uint32Array.from(links) };
}
